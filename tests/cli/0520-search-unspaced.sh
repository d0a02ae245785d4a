#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
test_description='pm search: scripts that put no blanks between words'
. "$(dirname "$0")/lib.sh"

DOC=postmortems/2026/2026-11-22-pool.md

test_expect_success 'a document in Chinese and Japanese' '
	make_repo repo && cd repo && mkdir -p postmortems/2026 &&
	cat >$DOC <<-\EOF && commit_all
	---
	id: 2026-11-22-pool
	title: 数据库连接池耗尽
	status: draft
	owner: "@ana"
	---
	# 数据库连接池耗尽

	## Summary

	凌晨两点MySQL主库的连接池耗尽，导致结账失败。

	## Resolution

	東京のサーバーを再起動した。서울 데이터베이스
	EOF
'

test_expect_success 'a word within a clause is found, with its line' '
	for word in 数据库 连接池 结账 MySQL 京 サーバー 再起動 データ데이터 "\"の连接\"" 서울
	do
		pm search "$word" >/dev/null && echo "$word"
	done >out
	cat >want <<-\EOF && test_cmp want out
	数据库
	连接池
	结账
	MySQL
	京
	サーバー
	再起動
	서울
	EOF
'

test_expect_success 'its characters must stand together and in order' '
	run 1 pm search 库数 && run 1 pm search 数库 && run 1 pm search "数据库 -连接" &&
	run 0 pm search "结账 数据" && run 0 pm search "MySQL主库" && run 0 pm search "title:连接"
'

test_expect_success 'the match is marked as one' '
	run 0 pm search --format json サーバー &&
	jq -e ".results[0] | .line == 15 and .section == \"Resolution\"" out &&
	has out "東京の**サーバー**を再起動した" &&
	run 0 pm search "主库的" && has out "MySQL**主库的**连接池"
'

test_expect_success 'a prefix may be one such character' '
	run 0 pm search "结账*" && has out "2026-11-22-pool" && mv out want &&
	run 0 pm search "账*" && has out "2026-11-22-pool" &&
	run 2 pm search "ab*" && test_must_be_empty out
'

test_expect_success 'the same without an index' '
	run 0 pm search --at HEAD 连接池 && cp out want &&
	rm -r .git/pm && chmod a-w .git && XDG_CACHE_HOME=/dev/null/none HOME= run 0 pm search 连接池
	chmod u+w .git && test_cmp want out && run 0 pm index --verify
'

test_done
