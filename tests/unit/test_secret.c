/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets in a text. Those of the tests are made up when a test runs, from the
 * form they have and a random number generator: nothing in this file looks
 * like one to a scanner that reads it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"

static const char lower_hex[] = "0123456789abcdef";
static const char alnum[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* Appends n characters of set, the same for the same seed. */
static void add_random(
	struct pm_buf *buf, const char *set, size_t n, uint64_t seed)
{
	uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;

	for (size_t i = 0; i < n; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		pm_buf_addc(buf, set[(state >> 33) % strlen(set)]);
	}
}

/* What a part "head" and n characters of a set make, twice if there is more. */
struct sample {
	const char *name, *head;
	const char *set;
	size_t n;
	const char *middle; /* and more of the same behind it; or NULL */
	size_t more;
	const char *tail;
};

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO";

static const struct sample samples[] = {
	{"AWS key id",
		"AK"
		"IA",
		capitals, 16, NULL, 0, ""},
	{"AWS key id",
		"AS"
		"IA",
		capitals, 16, NULL, 0, ""},
	{"age secret key",
		"AGE-SECRET"
		"-KEY-1",
		capitals, 58, NULL, 0, ""},
	{"Google API key",
		"AI"
		"za",
		alnum, 35, NULL, 0, ""},
	{"Azure storage key",
		"Account"
		"Key=",
		alnum, 88, NULL, 0, ""},
	{"GitLab token",
		"gl"
		"pat-",
		alnum, 20, NULL, 0, ""},
	{"GitLab token",
		"GR13"
		"48941",
		alnum, 20, NULL, 0, ""},
	{"Postman key",
		"PM"
		"AK-",
		lower_hex, 24, "-", 34, ""},
	{"SendGrid key",
		"S"
		"G.",
		alnum, 22, ".", 43, ""},
	{"Databricks token",
		"da"
		"pi",
		lower_hex, 32, NULL, 0, ""},
	{"DigitalOcean token",
		"dop"
		"_v1_",
		lower_hex, 64, NULL, 0, ""},
	{"GitHub token",
		"gh"
		"p_",
		alnum, 36, NULL, 0, ""},
	{"GitHub token",
		"gh"
		"s_",
		alnum, 36, NULL, 0, ""},
	{"GitHub token",
		"github"
		"_pat_",
		alnum, 82, NULL, 0, ""},
	{"Grafana token",
		"gl"
		"sa_",
		alnum, 32, "_", 0, "0a1B2c3D"},
	{"Hugging Face token",
		"h"
		"f_",
		letters, 34, NULL, 0, ""},
	{"Slack webhook",
		"hooks.slack"
		".com/services/",
		alnum, 44, NULL, 0, ""},
	{"Slack token",
		"xox"
		"b-1234567890-",
		alnum, 24, NULL, 0, ""},
	{"Slack token",
		"xap"
		"p-1-A0123456789-1234567890-",
		lower_hex, 64, NULL, 0, ""},
	{"Vault token",
		"hv"
		"s.",
		alnum, 95, NULL, 0, ""},
	{"Linear key",
		"lin"
		"_api_",
		alnum, 40, NULL, 0, ""},
	{"npm token",
		"np"
		"m_",
		alnum, 36, NULL, 0, ""},
	{"Notion token",
		"nt"
		"n_12345678901",
		alnum, 35, NULL, 0, ""},
	{"PyPI token",
		"py"
		"pi-AgEIcHlwaS5vcmc",
		alnum, 60, NULL, 0, ""},
	{"RubyGems key",
		"rubygems"
		"_",
		lower_hex, 48, NULL, 0, ""},
	{"Shopify token",
		"shp"
		"at_",
		lower_hex, 32, NULL, 0, ""},
	{"Stripe key",
		"sk_"
		"live_",
		alnum, 24, NULL, 0, ""},
	{"Stripe key",
		"rk_"
		"test_",
		alnum, 24, NULL, 0, ""},
	{"OpenAI key",
		"sk"
		"-",
		alnum, 20,
		"T3Blb"
		"kFJ",
		20, ""},
	{"Anthropic key",
		"sk-ant"
		"-api03-",
		alnum, 93, NULL, 0, "AA"},
};

#define NSAMPLES (sizeof samples / sizeof *samples)

static void add_sample(struct pm_buf *buf, size_t i)
{
	const struct sample *s = &samples[i];

	pm_buf_adds(buf, s->head);
	add_random(buf, s->set, s->n, i + 1);
	if (s->middle) {
		pm_buf_adds(buf, s->middle);
		add_random(buf, s->set, s->more, i + 100);
	}
	pm_buf_adds(buf, s->tail);
}

/* The only secret of a text, by name; its place must be off and len. */
static void assert_one(
	const struct pm_buf *text, const char *name, size_t off, size_t len)
{
	struct pm_secrets found = {NULL, 0, 0};

	pm_secrets_find(pm_buf_slice(text), &found);
	if (found.len != 1)
		fail_msg("%zu secrets in '%s'", found.len, text->ptr);
	assert_string_equal(found.items[0].name, name);
	assert_int_equal(found.items[0].span.off, off);
	assert_int_equal(found.items[0].span.len, len);
	pm_secrets_release(&found);
}

static size_t count(struct pm_slice text)
{
	struct pm_secrets found = {NULL, 0, 0};
	size_t n;

	pm_secrets_find(text, &found);
	n = found.len;
	pm_secrets_release(&found);
	return n;
}

static size_t count_str(const char *text)
{
	return count(pm_slice_str(text));
}

static void every_form_is_found_wherever_it_stands(void **state)
{
	static const char *const before[] = {"", "x ", "key: \"", "(",
		"https://host.internal/path?token=", "\xc3\xa4 ", "`"};
	static const char *const after[] = {
		"", "\n", "\"", ".", ") and", "`", ", the key of production"};
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < NSAMPLES; i++) {
		for (size_t j = 0; j < 7; j++) {
			size_t off;

			pm_buf_reset(&text);
			pm_buf_adds(&text, before[j]);
			off = text.len;
			add_sample(&text, i);
			off = text.len - off;
			pm_buf_adds(&text, after[j]);
			assert_one(
				&text, samples[i].name, strlen(before[j]), off);
		}
	}
	pm_buf_release(&text);
}

static void what_is_longer_or_shorter_is_something_else(void **state)
{
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < NSAMPLES; i++) {
		pm_buf_reset(&text);
		pm_buf_addc(&text, 'x'); /* in the midst of a word */
		add_sample(&text, i);
		if (strcmp(samples[i].name, "Slack webhook") != 0)
			assert_int_equal(count(pm_buf_slice(&text)), 0);
		pm_buf_reset(&text);
		pm_buf_adds(&text, samples[i].head);
		add_random(&text, samples[i].set, 7, 1);
		assert_int_equal(count(pm_buf_slice(&text)), 0);
	}
	pm_buf_release(&text);
}

/* The same text with each of these in the place of "@". */
static void placeholders_are_none(void **state)
{
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	assert_int_equal(count_str("AK"
				   "IAIOSFODNN7"
				   "EXAMPLE"),
		0);
	pm_buf_adds(&text, "gh"
			   "p_");
	add_random(&text, "x", 36, 1);
	assert_int_equal(count(pm_buf_slice(&text)), 0);
	pm_buf_reset(&text);
	pm_buf_adds(&text, "gl"
			   "pat-");
	add_random(&text, "ab", 20, 1);
	assert_int_equal(count(pm_buf_slice(&text)), 0);
	pm_buf_release(&text);
}

static void passwords_in_addresses(void **state)
{
	static const char *const fine[] = {
		"https://user:pass@host.internal/",
		"https://user:password@host.internal/",
		"https://user:***@host.internal/",
		"https://user:$TOKEN@host.internal/",
		"https://user:${TOKEN}@host.internal/",
		"https://user:<token>@host.internal/",
		"postgres://postgres:postgres@localhost/db",
		"https://user:Kq8vR2pL@example.org/",
		"https://host.internal:8080/@ana",
		"ssh://git@host.internal/repo.git",
		"http://:8080@ and redis://:$TOKEN@cache",
		"git@host.internal:org/repo.git and https://host/ for @ana",
		"mail ana@host.internal about 10:02 https://host: @bo",
	};
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		if (count_str(fine[i]))
			fail_msg("%s", fine[i]);
	pm_buf_adds(&text, "with amqp:/"
			   "/root:Kq8"
			   "vR2pL@mq.internal/");
	assert_one(&text, "password in an address", 17, 8);
	pm_secrets_hide(text.ptr, text.len);
	assert_string_equal(text.ptr, "with amqp://root:xxxxxxxx@mq.internal/");
	pm_buf_reset(&text);
	pm_buf_adds(&text, "redis:/"
			   "/:Kq8"
			   "vR2pL@cache:6379");
	assert_one(&text, "password in an address", 9, 8);
	pm_buf_release(&text);
}

static void words_nearby_make_the_difference(void **state)
{
	struct pm_buf text = PM_BUF_INIT, key = PM_BUF_INIT;

	(void)state;
	pm_buf_adds(&key, "S"
			  "K");
	add_random(&key, lower_hex, 32, 5);
	assert_int_equal(count(pm_buf_slice(&key)), 0);
	pm_buf_addf(&text, "the key of Twilio: %s", key.ptr);
	assert_one(&text, "Twilio key", 19, 34);
	pm_buf_reset(&key);
	pm_buf_adds(&key, "123456789:");
	add_random(&key, alnum, 35, 6);
	assert_int_equal(count(pm_buf_slice(&key)), 0);
	pm_buf_reset(&text);
	pm_buf_addf(&text, "api.telegram.org/%s", key.ptr);
	assert_one(&text, "Telegram bot token", 17, 45);
	pm_buf_reset(&key);
	pm_buf_adds(&key, "Authorization: Bearer ");
	add_random(&key, alnum, 30, 7);
	assert_int_equal(count(pm_buf_slice(&key)), 0);
	pm_buf_reset(&text);
	pm_buf_addf(&text, "curl -s -H \"%s\" https://host/", key.ptr);
	assert_one(&text, "credentials of a curl command", 34, 30);
	pm_buf_release(&text);
	pm_buf_release(&key);
}

static void azure_in_the_midst(void **state)
{
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	pm_buf_adds(&text, "secret=aB3"
			   "8Q"
			   "~");
	add_random(&text, alnum, 34, 8);
	assert_one(&text, "Azure client secret", 7, 40);
	pm_buf_addc(&text, 'x');
	assert_int_equal(count(pm_buf_slice(&text)), 0);
	pm_buf_release(&text);
}

/* Base64 for a URL, without padding. */
static void add_base64(struct pm_buf *buf, const char *text)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned held = 0, bits = 0;

	for (; *text; text++) {
		held = held << 8 | (unsigned char)*text;
		for (bits += 8; bits >= 6; bits -= 6)
			pm_buf_addc(buf, set[held >> (bits - 6) & 63]);
	}
	if (bits)
		pm_buf_addc(buf, set[held << (6 - bits) & 63]);
}

static void a_web_token_is_one_when_its_head_says_so(void **state)
{
	struct pm_buf text = PM_BUF_INIT;
	size_t len;

	(void)state;
	add_base64(&text, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
	pm_buf_addc(&text, '.');
	add_base64(&text, "{\"sub\":\"1234\",\"name\":\"ana\"}");
	pm_buf_addc(&text, '.');
	add_random(&text, alnum, 43, 9);
	len = text.len;
	assert_one(&text, "JSON web token", 0, len);
	pm_buf_reset(&text);
	add_base64(&text, "{\"iss\":\"HS256\",\"typ\":\"JWT\"}");
	pm_buf_adds(&text, ".eyJ0b2tlbl9pZHM.");
	add_random(&text, alnum, 43, 9);
	assert_int_equal(count(pm_buf_slice(&text)), 0);
	pm_buf_release(&text);
}

static void private_keys(void **state)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_secrets found = {NULL, 0, 0};
	size_t begin, end;

	(void)state;
	pm_buf_adds(&text, "It held\n\n    -----BEG"
			   "IN RSA PRIVATE KEY-----\n");
	begin = text.len;
	for (uint64_t i = 0; i < 5; i++) {
		pm_buf_adds(&text, "    ");
		add_random(&text, alnum, 64, i + 1);
		pm_buf_addc(&text, '\n');
	}
	end = text.len;
	pm_buf_adds(&text, "    -----E"
			   "ND RSA PRIVATE KEY-----\nand more.\n");
	pm_secrets_find(pm_buf_slice(&text), &found);
	assert_int_equal(found.len, 1);
	assert_string_equal(found.items[0].name, "private key");
	assert_false(found.items[0].mention);
	assert_int_equal(found.items[0].span.off, 13);
	pm_secrets_hide(text.ptr, text.len);
	for (size_t i = begin; i < end; i++)
		assert_true(strchr("x \n", text.ptr[i]) != NULL);
	assert_non_null(strstr(text.ptr, "and more."));
	found.len = 0;
	pm_buf_reset(&text);
	pm_buf_adds(&text, "a line with -----BEG"
			   "IN PRIVATE KEY----- and "
			   "then words enough to look like many letters in a "
			   "row but never so many without a blank\n");
	pm_secrets_find(pm_buf_slice(&text), &found);
	assert_int_equal(found.len, 1);
	assert_true(found.items[0].mention);
	assert_int_equal(count_str("-----BEGIN CERTIFICATE-----\nabc\n"), 0);
	assert_int_equal(count_str("-----BEGIN PRIVATE KEY\n-----\n"), 0);
	pm_secrets_release(&found);
	pm_buf_release(&text);
}

static void marks_of_other_scanners_count(void **state)
{
	static const char *const marks[] = {" # gitleaks:allow",
		" <!-- trufflehog:ignore -->", " pragma: allowlist secret"};
	struct pm_buf text = PM_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		pm_buf_reset(&text);
		pm_buf_adds(&text, "one\n");
		add_sample(&text, 11);
		pm_buf_adds(&text, marks[i]);
		pm_buf_adds(&text, "\nthree\n");
		assert_int_equal(count(pm_buf_slice(&text)), 0);
	}
	pm_buf_reset(&text);
	pm_buf_adds(&text, "<!-- pragma: allowlist nextline secret -->\n");
	add_sample(&text, 11);
	assert_int_equal(count(pm_buf_slice(&text)), 0);
	pm_buf_addc(&text, '\n');
	add_sample(&text, 11);
	assert_int_equal(count(pm_buf_slice(&text)), 1);
	pm_buf_release(&text);
}

static void many_are_found_in_order(void **state)
{
	struct pm_buf text = PM_BUF_INIT;
	struct pm_secrets found = {NULL, 0, 0};

	(void)state;
	for (size_t i = 0; i < NSAMPLES; i++) {
		pm_buf_addf(&text, "%zu. it said ", i);
		add_sample(&text, i);
		pm_buf_adds(&text, " and went on\n");
	}
	pm_secrets_find(pm_buf_slice(&text), &found);
	assert_int_equal(found.len, NSAMPLES);
	for (size_t i = 0; i < found.len; i++)
		assert_string_equal(found.items[i].name, samples[i].name);
	pm_secrets_release(&found);
	pm_secrets_hide(text.ptr, text.len);
	assert_int_equal(count(pm_buf_slice(&text)), 0);
	pm_buf_release(&text);
}

static void hiding_keeps_the_length_and_the_first_four(void **state)
{
	struct pm_buf text = PM_BUF_INIT, copy = PM_BUF_INIT;
	struct pm_secrets found = {NULL, 0, 0};

	(void)state;
	pm_buf_adds(&text, "the token ");
	add_sample(&text, 11);
	pm_buf_adds(&text, " was used");
	pm_buf_add_slice(&copy, pm_slice_sub(pm_buf_slice(&text), 14, 36));
	pm_secrets_find(pm_buf_slice(&text), &found);
	pm_secrets_hide_copies(&found, pm_buf_slice(&text), copy.ptr, copy.len);
	for (size_t i = 0; i < copy.len; i++)
		assert_int_equal(copy.ptr[i], 'x');
	pm_secrets_hide(text.ptr, text.len);
	assert_int_equal(text.len, 10 + 40 + 9);
	assert_memory_equal(text.ptr,
		"the token gh"
		"p_xxxxxxxxxx",
		24);
	assert_memory_equal(text.ptr + 48, "xx was used", 11);
	pm_secrets_release(&found);
	pm_buf_release(&copy);
	pm_buf_release(&text);
}

static void prose_has_none(void **state)
{
	(void)state;
	assert_int_equal(count_str(""), 0);
	assert_int_equal(
		count_str("https://example.org/a/very/long/path/to-something/"
			  "that-goes_on/2026-11-22T10:02:33Z/for.ever.html"),
		0);
	assert_int_equal(count_str("sha256: "
				   "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b"
				   "0b822cd15d6c15b0f00a08"),
		0);
	assert_int_equal(count_str("| --- | ------------------------- |"), 0);
	assert_int_equal(count_str("sk-and-a-name-that-is-made-of-many-"
				   "words-of-an-english-kind"),
		0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_found_wherever_it_stands),
		cmocka_unit_test(what_is_longer_or_shorter_is_something_else),
		cmocka_unit_test(placeholders_are_none),
		cmocka_unit_test(passwords_in_addresses),
		cmocka_unit_test(words_nearby_make_the_difference),
		cmocka_unit_test(azure_in_the_midst),
		cmocka_unit_test(a_web_token_is_one_when_its_head_says_so),
		cmocka_unit_test(private_keys),
		cmocka_unit_test(marks_of_other_scanners_count),
		cmocka_unit_test(many_are_found_in_order),
		cmocka_unit_test(hiding_keeps_the_length_and_the_first_four),
		cmocka_unit_test(prose_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
