/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that say when a text was written or talked about, and not when what it
 * tells happened: "Published:", "_Posted on", "Rédigé par Claire le", "作成日",
 * "Date of post-mortem", "Besprochen am". What stands in prose is no such key.
 */
#include "doc/scan.h"
#include "doc/stamp.h"

#include "base/ascii.h"

/* The first words of the line, as they are folded. */
static const char *const written[] = {"actualizada", "actualizado",
	"aggiornato", "aktualiseret", "aktualisert", "aktualisiert",
	"analizado", "angelegt", "atualizado", "berichtsdatum", "besprechung",
	"besprechungsdatum", "besprochen", "bijgewerkt", "comentado", "creado",
	"created", "cree", "criado", "discussa", "discussed", "discusso",
	"discute", "discutee", "discutida", "discutido", "diskuterad",
	"diskuterat", "diskutert", "diskutiert", "drafted", "drofta", "droftet",
	"elaborada", "elaborado", "erstellt", "erstellungsdatum", "escrita",
	"escrito", "etabli", "examine", "forfattad", "forfattet", "gennemgaet",
	"gennemgang", "genomgang", "genomgangen", "gepubliceerd", "geschreven",
	"geschrieben", "gjennomgang", "gjennomgatt", "modedato", "modified",
	"moetedato", "motedato", "motesdatum", "nachbesprechung",
	"nachbesprochen", "offentliggjort", "opdateret", "opgesteld",
	"oppdatert", "opprettet", "opprettingsdato", "oprettet", "posted",
	"pubblicato", "publicada", "publicado", "publication", "publicerad",
	"publiceret", "publie", "publiseringsdato", "publisert", "published",
	"rapportdato", "rapportdatum", "redactada", "redactado", "redaction",
	"redatto", "redige", "redigee", "redigido", "relu", "reviewdatum",
	"reviewed", "revisada", "revisado", "revised", "revisto", "revu",
	"sammanstalld", "scritto", "skrevet", "skriven", "stand", "udarbejdet",
	"updated", "uppdaterad", "upprattad", "utarbeidd", "utarbeidet",
	"verfasst", "veroffentlicht", "veroffentlichung", "written", NULL};

/* "Version 2.0 -- 28 February 2024", and nothing else on the line. */
static const char *const versions[] = {
	"versao", "versie", "version", "versione", "versjon", "wersja", NULL};

static const char *const papers[] = {"meeting", "reunion", "reuniao",
	"riunione", "besprechung", "mote", "motet", "retro", "postmortem",
	"mortem", "review", "report", "retrospective", "writeup", "informe",
	"rapport", "rapporten", "bericht", "berichts", "redaccion", "redaction",
	"publicacion", "elaboracion", "relatorio", "redazione",
	"rapportdagsetting", NULL};

static const char *const dates[] = {
	"date", "dato", "datum", "fecha", "data", NULL};

/* Where people met to talk about it: "Réunion du 24/11", "Meeting: 24 Nov". A
   meeting of another kind, "Réunion de crise le", was part of it. */
static const char *const meetings[] = {"debrief", "meeting", "mote", "mode",
	"nachbereitung", "retro", "retrospective", "retrospektive", "reunion",
	"reuniao", "riunione", "runde", "treffen", "motet", "mtg",
	"gjennomgangsmote", "evalueringsmote", "termin", NULL};

/* What has no blanks between its words begins with the key. */
static const char *const wide[] = {"作成日", "報告日", "記録日", "執筆日",
	"更新日", "最終更新", "公開日", "発行日", "投稿日", "掲載日", "起票日",
	"会議日", "開催日", "実施日", "振り返り実施日", "レビュー日", "開催",
	"打ち合わせ日", "振り返り日", "振り返り会", "振り返り:", "振り返り：",
	"ふりかえり:", "ふりかえり：", "レビュー:", "レビュー：",
	"会議:", "会議：", "ミーティング", "复盘时间", "复盘日期", "会议时间",
	"会议日期", "회의일", "회고일", "文書作成日", "撰写日期", "撰写时间",
	"报告日期", "更新时间", "更新日期", "发布日期", "发布时间", "编写日期",
	"创建时间", "작성일", "보고일", "수정일", "게시일", NULL};

/* "v1.0, 2024-03-16": the line of a manual below its title. */
static bool is_revision(struct pm_slice line)
{
	size_t i = 1;

	if (!pm_slice_starts(line, "v"))
		return false;
	while (i < line.len && (pm_is_digit(line.ptr[i]) || line.ptr[i] == '.'))
		i++;
	return i > 1 && pm_slice_starts(pm_slice_from(line, i), ", ") &&
	       i + 2 < line.len && pm_is_digit(line.ptr[i + 2]);
}

/* "Meeting: ", "Møte ", "Réunion du " right before the figures of a day. */
static bool is_meeting(struct pm_slice line)
{
	static const char *const links[] = {"am", "vom", "on", "of", "date",
		"du", "del", "de", "da", "den", "le", "el", "em", "held",
		"afholdt", "avholdt", "holdt", NULL};
	struct pm_scan scan = {line, 0, false};
	char word[PM_SCAN_WORD];

	if (!pm_scan_word(&scan, word) || !pm_word_in(word, meetings))
		return false;
	for (int words = 0; words < 3; words++) {
		pm_scan_blanks(&scan);
		pm_scan_any(&scan, ":,");
		pm_scan_blanks(&scan);
		if (pm_is_digit(pm_scan_peek(&scan, 0)))
			return true;
		if (!pm_scan_weekday(&scan) &&
			(!pm_scan_word(&scan, word) ||
				!pm_word_in(word, links)))
			return false;
		pm_scan_any(&scan, ".");
	}
	return false;
}

bool pm_stamp_of_writing(struct pm_slice line)
{
	enum { HEAD = 40, WORDS = 6, VERSION_MOST = 50 };
	struct pm_scan scan = {pm_slice_sub(line, 0, HEAD), 0, false};
	bool paper = false, date = false;
	char word[PM_SCAN_WORD];

	if (pm_begins_with_one(pm_slice_trim(line), wide) ||
		is_revision(line) || is_meeting(line))
		return true;
	for (int words = 0; words < WORDS && !pm_scan_end(&scan);) {
		if (pm_is_digit(pm_scan_peek(&scan, 0)))
			break;
		if (!pm_scan_word(&scan, word)) {
			scan.off++;
			continue;
		}
		if (words++ < 2 && pm_word_in(word, written))
			return true;
		if (words == 1 && line.len < VERSION_MOST &&
			pm_word_in(word, versions))
			return true;
		paper = paper || pm_word_in(word, papers);
		date = date || pm_word_in(word, dates);
	}
	return paper && date;
}
