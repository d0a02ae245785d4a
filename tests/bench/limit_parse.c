/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bare limit of a check: reads the files named on stdin, runs libyaml over
 * the front matter of each and cmark-gfm, with pm's extensions and memory from
 * one bump arena, over the rest. Nothing is looked at. A check that takes as
 * long as this does its own work for nothing.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <yaml.h>

enum { FILE_MAX = 1 << 20, ARENA = 256 << 20, ALIGN = 16 };

/* cmark's allocator has no argument of the caller's. */
static char *arena;
static size_t used;

static void *take(size_t count, size_t size)
{
	size_t bytes = count * size;
	char *at = arena + used;

	used += ALIGN + (bytes + ALIGN - 1) / ALIGN * ALIGN;
	if (used > ARENA)
		abort();
	memcpy(at, &bytes, sizeof bytes);
	memset(at + ALIGN, 0, bytes);
	return at + ALIGN;
}

static void *retake(void *old, size_t size)
{
	void *at = take(1, size);
	size_t had;

	if (old) {
		memcpy(&had, (char *)old - ALIGN, sizeof had);
		memcpy(at, old, had < size ? had : size);
	}
	return at;
}

static void give(void *old)
{
	(void)old;
}

static void read_yaml(const char *text, size_t len)
{
	yaml_parser_t parser;
	yaml_event_t event;
	int done = 0;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	while (!done && yaml_parser_parse(&parser, &event)) {
		done = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
}

static void read_markdown(const char *text, size_t len)
{
	static const char *const names[] = {
		"table", "strikethrough", "autolink", "tasklist"};
	cmark_mem mem = {take, retake, give};
	cmark_parser *parser =
		cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, &mem);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cmark_parser_attach_syntax_extension(
			parser, cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(parser, text, len);
	cmark_parser_finish(parser);
	used = 0;
}

/* Where the body begins: after the second "---" line, or 0. */
static size_t head_len(const char *text)
{
	const char *end;

	if (strncmp(text, "---\n", 4))
		return 0;
	end = strstr(text + 4, "\n---\n");
	return end ? (size_t)(end - text) + 5 : 0;
}

int main(void)
{
	char *buf = malloc(FILE_MAX + 1);
	char path[4096];

	arena = mmap(NULL, ARENA, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!buf || arena == MAP_FAILED)
		return 3;
	cmark_gfm_core_extensions_ensure_registered();
	while (fgets(path, sizeof path, stdin)) {
		ssize_t len;
		size_t head;
		int fd;

		path[strcspn(path, "\n")] = '\0';
		fd = open(path, O_RDONLY);
		len = read(fd, buf, FILE_MAX);
		close(fd);
		if (len < 0)
			return 3;
		buf[len] = '\0';
		head = head_len(buf);
		if (head)
			read_yaml(buf + 4, head - 8);
		read_markdown(buf + head, (size_t)len - head);
	}
	free(buf);
	return 0;
}
