/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every duration ends in a unit, and few words are one: the text is searched
 * for units, and only in front of one for its number. Numbers are kept in
 * thousandths, so that 1.5 and a half need no floating point.
 */
#include "check/duration.h"

#include <string.h>

#include "base/ascii.h"

#define MINUTE 60
#define HOUR   3600
#define DAY    86400

/* No incident is longer; keeps products within 64 bits. */
#define NUMBER_MOST 100000

/* Bytes that are looked through at once. */
#define BLOCK 16

/* How much in front of a unit its number may take. */
#define LOOK_BACK 48

struct unit {
	struct pm_slice name;
	int64_t sec;
};

static const struct unit units[] = {
	{PM_SLICE_LIT("d"), DAY},
	{PM_SLICE_LIT("day"), DAY},
	{PM_SLICE_LIT("days"), DAY},
	{PM_SLICE_LIT("h"), HOUR},
	{PM_SLICE_LIT("hour"), HOUR},
	{PM_SLICE_LIT("hours"), HOUR},
	{PM_SLICE_LIT("hr"), HOUR},
	{PM_SLICE_LIT("hrs"), HOUR},
	{PM_SLICE_LIT("m"), MINUTE},
	{PM_SLICE_LIT("min"), MINUTE},
	{PM_SLICE_LIT("mins"), MINUTE},
	{PM_SLICE_LIT("minute"), MINUTE},
	{PM_SLICE_LIT("minutes"), MINUTE},
	{PM_SLICE_LIT("s"), 1},
	{PM_SLICE_LIT("sec"), 1},
	{PM_SLICE_LIT("second"), 1},
	{PM_SLICE_LIT("seconds"), 1},
	{PM_SLICE_LIT("secs"), 1},
	{PM_SLICE_LIT("week"), 7 * DAY},
	{PM_SLICE_LIT("weeks"), 7 * DAY},
};

static const struct {
	struct pm_slice name;
	unsigned value;
} numbers[] = {
	{PM_SLICE_LIT("a"), 1},
	{PM_SLICE_LIT("an"), 1},
	{PM_SLICE_LIT("eight"), 8},
	{PM_SLICE_LIT("eighteen"), 18},
	{PM_SLICE_LIT("eleven"), 11},
	{PM_SLICE_LIT("fifteen"), 15},
	{PM_SLICE_LIT("fifty"), 50},
	{PM_SLICE_LIT("five"), 5},
	{PM_SLICE_LIT("forty"), 40},
	{PM_SLICE_LIT("four"), 4},
	{PM_SLICE_LIT("fourteen"), 14},
	{PM_SLICE_LIT("nine"), 9},
	{PM_SLICE_LIT("ninety"), 90},
	{PM_SLICE_LIT("one"), 1},
	{PM_SLICE_LIT("seven"), 7},
	{PM_SLICE_LIT("six"), 6},
	{PM_SLICE_LIT("sixty"), 60},
	{PM_SLICE_LIT("ten"), 10},
	{PM_SLICE_LIT("thirty"), 30},
	{PM_SLICE_LIT("three"), 3},
	{PM_SLICE_LIT("twelve"), 12},
	{PM_SLICE_LIT("twenty"), 20},
	{PM_SLICE_LIT("two"), 2},
};

/* What a word in front of the number makes of it. */
enum bound { EXACT, ABOUT, LEAST, MOST };

/* Longer ones before their ends. */
static const struct {
	struct pm_slice words;
	enum bound bound;
} bounds[] = {
	{PM_SLICE_LIT("a little over"), ABOUT},
	{PM_SLICE_LIT("a little under"), ABOUT},
	{PM_SLICE_LIT("slightly over"), ABOUT},
	{PM_SLICE_LIT("slightly under"), ABOUT},
	{PM_SLICE_LIT("slightly more than"), ABOUT},
	{PM_SLICE_LIT("slightly less than"), ABOUT},
	{PM_SLICE_LIT("just over"), ABOUT},
	{PM_SLICE_LIT("just under"), ABOUT},
	{PM_SLICE_LIT("just about"), ABOUT},
	{PM_SLICE_LIT("close to"), ABOUT},
	{PM_SLICE_LIT("not more than"), MOST},
	{PM_SLICE_LIT("no more than"), MOST},
	{PM_SLICE_LIT("no longer than"), MOST},
	{PM_SLICE_LIT("not less than"), LEAST},
	{PM_SLICE_LIT("no less than"), LEAST},
	{PM_SLICE_LIT("at least"), LEAST},
	{PM_SLICE_LIT("more than"), LEAST},
	{PM_SLICE_LIT("longer than"), LEAST},
	{PM_SLICE_LIT("upwards of"), LEAST},
	{PM_SLICE_LIT("over"), LEAST},
	{PM_SLICE_LIT("at most"), MOST},
	{PM_SLICE_LIT("at maximum"), MOST},
	{PM_SLICE_LIT("a maximum of"), MOST},
	{PM_SLICE_LIT("less than"), MOST},
	{PM_SLICE_LIT("up to"), MOST},
	{PM_SLICE_LIT("under"), MOST},
	{PM_SLICE_LIT("below"), MOST},
	{PM_SLICE_LIT("about"), ABOUT},
	{PM_SLICE_LIT("almost"), ABOUT},
	{PM_SLICE_LIT("approximately"), ABOUT},
	{PM_SLICE_LIT("approx."), ABOUT},
	{PM_SLICE_LIT("approx"), ABOUT},
	{PM_SLICE_LIT("around"), ABOUT},
	{PM_SLICE_LIT("ca."), ABOUT},
	{PM_SLICE_LIT("ca"), ABOUT},
	{PM_SLICE_LIT("circa"), ABOUT},
	{PM_SLICE_LIT("estimated"), ABOUT},
	{PM_SLICE_LIT("nearly"), ABOUT},
	{PM_SLICE_LIT("roughly"), ABOUT},
	{PM_SLICE_LIT("some"), ABOUT},
	{PM_SLICE_LIT("~"), ABOUT},
	{PM_SLICE_LIT("\xe2\x89\x88"), ABOUT}, /* almost equal to */
	{PM_SLICE_LIT(">"), LEAST},
	{PM_SLICE_LIT("<"), MOST},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char at(struct pm_slice text, size_t off)
{
	return off < text.len ? text.ptr[off] : '\0';
}

/* Blanks, one line end at most, and no-break spaces. */
static size_t blanks(struct pm_slice text, size_t off)
{
	bool line = false;

	for (;; off++) {
		char c = at(text, off);

		if (c == '\xc2' && at(text, off + 1) == '\xa0')
			off++;
		else if (c == '\n' && !line)
			line = true;
		else if (c != ' ' && c != '\t' && c != '\r')
			return off;
	}
}

/* The same backwards: where the blanks in front of off begin. */
static size_t blanks_back(struct pm_slice text, size_t off, size_t low)
{
	bool line = false;

	for (; off > low; off--) {
		char c = text.ptr[off - 1];

		if (c == '\xa0' && off > low + 1 && text.ptr[off - 2] == '\xc2')
			off--;
		else if (c == '\n' && !line)
			line = true;
		else if (c != ' ' && c != '\t' && c != '\r')
			break;
	}
	return off;
}

static struct pm_slice letters(struct pm_slice text, size_t off)
{
	size_t end = off;

	while (pm_is_letter(at(text, end)))
		end++;
	return pm_slice_sub(text, off, end - off);
}

/* The unit that stands at off; *end is behind it. */
static const struct unit *unit_at(struct pm_slice text, size_t off, size_t *end)
{
	struct pm_slice word = letters(text, off);
	char next = at(text, off + word.len);

	/* 24H, 5M and 3S are sizes and names. A rate is no duration. */
	if (word.len == 0 || word.len > 7 || next == '/' || next == '_' ||
		(word.len == 1 && word.ptr[0] < 'a') ||
		(word.len > 1 && pm_is_digit(next)))
		return NULL;
	for (size_t i = 0; i < COUNT(units); i++)
		if (word.len == units[i].name.len &&
			pm_slice_is_nocase(word, units[i].name.ptr)) {
			*end = off + word.len;
			return &units[i];
		}
	return NULL;
}

/* Digits, perhaps with a fraction, in thousandths; 0: none. */
static size_t read_digits(struct pm_slice text, size_t off, int64_t *milli)
{
	int64_t value = 0, scale = 1000;

	if (!pm_is_digit(at(text, off)))
		return 0;
	for (; pm_is_digit(at(text, off)) && value <= NUMBER_MOST; off++)
		value = value * 10 + (text.ptr[off] - '0');
	value *= 1000;
	if ((at(text, off) == '.' || at(text, off) == ',') &&
		pm_is_digit(at(text, off + 1)))
		for (off++; pm_is_digit(at(text, off)); off++) {
			scale /= 10;
			value += (text.ptr[off] - '0') * scale;
		}
	*milli = value;
	return pm_is_digit(at(text, off)) || value > NUMBER_MOST * (int64_t)1000
		       ? 0
		       : off;
}

/* A number in words: three, twenty-five, half an; 0: none. */
static size_t read_word(struct pm_slice text, size_t off, int64_t *milli)
{
	struct pm_slice word = letters(text, off), article;
	int64_t more;
	size_t end = off + word.len, next;

	if (pm_slice_is_nocase(word, "half")) {
		next = blanks(text, end);
		article = letters(text, next);
		*milli = 500;
		return pm_slice_is_nocase(article, "an") ||
				       pm_slice_is_nocase(article, "a")
			       ? next + article.len
			       : end;
	}
	for (size_t i = 0; i < COUNT(numbers); i++) {
		if (word.len != numbers[i].name.len ||
			!pm_slice_is_nocase(word, numbers[i].name.ptr))
			continue;
		*milli = numbers[i].value * (int64_t)1000;
		if (numbers[i].value < 20 || at(text, end) != '-')
			return end;
		next = read_word(text, end + 1, &more);
		if (next && more < 10000 && more >= 1000) {
			*milli += more;
			return next;
		}
		return end;
	}
	return 0;
}

/* True when the words stand at off, letter case apart. */
static bool stands(struct pm_slice text, size_t off, const char *words)
{
	return pm_slice_is_nocase(
		pm_slice_sub(text, off, strlen(words)), words);
}

static size_t read_number(struct pm_slice text, size_t off, int64_t *milli)
{
	size_t end = read_digits(text, off, milli);

	if (!end)
		end = read_word(text, off, milli);
	if (end && stands(text, end, " and a half ")) {
		*milli += 500;
		end += strlen(" and a half");
	}
	return end;
}

/* What one number and its unit, and those that follow, come to. */
struct sum {
	int64_t sec;
	int64_t unit;  /* the smallest one written, in seconds */
	int64_t milli; /* the number of that */
	bool composite;
	bool plus; /* 24+ hours */
	size_t end;
};

/* One number with its unit; the number may be joined to it by a hyphen. */
static bool read_part(struct pm_slice text, size_t off, struct sum *out)
{
	const struct unit *unit;
	int64_t milli;
	size_t end = read_number(text, off, &milli);

	if (!end)
		return false;
	out->plus = at(text, end) == '+';
	end += out->plus;
	end = at(text, end) == '-' ? end + 1 : blanks(text, end);
	unit = unit_at(text, end, &out->end);
	if (!unit)
		return false;
	out->sec += milli * unit->sec / 1000;
	out->milli = milli;
	out->unit = unit->sec;
	return true;
}

/* Skips ",", "and" and blanks between the parts of one duration. */
static size_t skip_joint(struct pm_slice text, size_t off)
{
	off = blanks(text, at(text, off) == ',' ? off + 1 : off);
	if (pm_slice_is_nocase(letters(text, off), "and"))
		off = blanks(text, off + 3);
	return off;
}

/* "1 day, 2 hours and 3 minutes", "an hour and a half". */
static bool read_sum(struct pm_slice text, size_t off, struct sum *out)
{
	struct sum part = {0};

	if (!read_part(text, off, out))
		return false;
	for (;;) {
		size_t next = skip_joint(text, out->end);
		struct pm_slice rest = pm_slice_from(text, next);

		if (next > out->end + 2 && rest.len > 6 &&
			stands(rest, 0, "a half")) {
			out->sec += out->unit / 2;
			out->milli += 500;
			out->end = next + 6;
			return true;
		}
		part = (struct sum){0};
		if (!read_part(text, next, &part) || part.unit >= out->unit)
			return true;
		out->sec += part.sec;
		out->unit = part.unit;
		out->milli = part.milli;
		out->end = part.end;
		out->composite = true;
	}
}

/* How far from what was written the truth may be. */
static int64_t tolerance(const struct sum *sum, enum bound bound)
{
	int64_t whole = sum->milli / 1000, fine = sum->milli % 1000;
	int64_t tol;

	if (sum->unit == 1)
		tol = 30;
	else if (sum->unit == MINUTE)
		tol = whole % 5 || sum->composite ? MINUTE : 3 * MINUTE;
	else if (sum->unit == HOUR)
		tol = fine == 0    ? HOUR / 2
		      : fine % 250 ? HOUR / 10
		      : fine % 500 ? HOUR / 5
				   : HOUR / 3;
	else
		tol = sum->unit; /* days are often counted as on a calendar */
	if (!sum->composite && sum->unit >= MINUTE && whole % 5 == 0 &&
		tol < sum->sec / 10)
		tol = sum->sec / 10;
	if (tol < sum->sec / 50)
		tol = sum->sec / 50;
	if (bound == ABOUT && tol < sum->sec / 4)
		tol = sum->sec / 4;
	if (bound == ABOUT && tol < sum->unit / 2)
		tol = sum->unit / 2;
	return tol;
}

/* Where the word, the figures or both in front of off begin. */
static size_t token_back(struct pm_slice text, size_t off, size_t low)
{
	while (off > low) {
		char c = text.ptr[off - 1];

		if (!pm_is_letter(c) && !pm_is_digit(c) &&
			!((c == '.' || c == ',') && off > low + 1 &&
				pm_is_digit(text.ptr[off - 2]) &&
				pm_is_digit(at(text, off))))
			break;
		off--;
	}
	return off;
}

/* True when the number at off is the end of something else: 10:02, v1.5,
   us-east-1, $3. */
static bool is_tail(struct pm_slice text, size_t off)
{
	char c = off ? text.ptr[off - 1] : ' ';

	if (c == '-')
		return off > 1 && pm_is_letter(text.ptr[off - 2]);
	return c == ':' || c == '.' || c == '_' || c == '/' || c == '#' ||
	       c == '$' || c == '@' || c == '=' || c == '\'' ||
	       pm_is_letter(c) || pm_is_digit(c);
}

/* Where the number begins that ends in front of off (blanks skipped);
   SIZE_MAX: there is none. */
static size_t number_back(struct pm_slice text, size_t off, size_t low)
{
	size_t end = blanks_back(text, off, low), start, before;
	int64_t milli;

	if (end > low && end == off && text.ptr[end - 1] == '-')
		end--;
	if (end > low && text.ptr[end - 1] == '+')
		end--;
	start = token_back(text, end, low);
	if (start == end || !read_number(text, start, &milli))
		return SIZE_MAX;
	/* two and a half */
	if (start >= low + 7 && stands(text, start - 7, " and a half")) {
		before = token_back(text, start - 7, low);
		if (before < start - 7 && read_number(text, before, &milli))
			return is_tail(text, before) ? SIZE_MAX : before;
	}
	/* twenty-five; half an */
	if (start > low && pm_is_letter(text.ptr[start]) &&
		text.ptr[start - 1] == '-') {
		before = token_back(text, start - 1, low);
		if (read_word(text, before, &milli) == end)
			start = before;
	} else if (pm_is_letter(text.ptr[start])) {
		before = token_back(text, blanks_back(text, start, low), low);
		if (pm_slice_is_nocase(letters(text, before), "half"))
			start = before;
	}
	return is_tail(text, start) ? SIZE_MAX : start;
}

/* "10-20 min", "4 to 5 hours": the smaller number's place; off if none. */
static size_t range_back(
	struct pm_slice text, size_t off, size_t low, int64_t *milli)
{
	size_t end = blanks_back(text, off, low), start;

	if (end > low && text.ptr[end - 1] == '-')
		end--;
	else if (end > low + 2 && memcmp(text.ptr + end - 3, "\xe2\x80\x93",
					  3) == 0) /* en dash */
		end -= 3;
	else if (end > low + 2 && end < off &&
		 memcmp(text.ptr + end - 3, " to", 3) == 0)
		end -= 3;
	else
		return off;
	end = blanks_back(text, end, low);
	start = token_back(text, end, low);
	if (start == end || read_number(text, start, milli) != end)
		return off;
	return is_tail(text, start) ? SIZE_MAX : start;
}

/* The word in front of a number that bounds it; *off moves to its place. */
static enum bound bound_back(struct pm_slice text, size_t *off, size_t low)
{
	size_t end = blanks_back(text, *off, low);

	for (size_t i = 0; i < COUNT(bounds); i++) {
		struct pm_slice words = bounds[i].words;
		size_t start = end - words.len;

		/* Most differ in their last byte. */
		if (end < low + words.len ||
			(text.ptr[end - 1] ^ words.ptr[words.len - 1]) &
				~0x20 ||
			!pm_slice_is_nocase(
				pm_slice_sub(text, start, words.len),
				words.ptr) ||
			(pm_is_letter(text.ptr[start]) && start > 0 &&
				pm_is_letter(text.ptr[start - 1])))
			continue;
		*off = start;
		return bounds[i].bound;
	}
	return EXACT;
}

/* "or so", "or more", "or less" behind a duration. */
static enum bound bound_after(
	struct pm_slice text, size_t *end, enum bound bound)
{
	struct pm_slice rest = pm_slice_from(text, blanks(text, *end));

	if (pm_slice_starts(rest, "or more"))
		bound = LEAST;
	else if (pm_slice_starts(rest, "or less"))
		bound = MOST;
	else if (pm_slice_starts(rest, "or so"))
		bound = ABOUT;
	else
		return bound;
	*end = (size_t)(rest.ptr - text.ptr) + (bound == ABOUT ? 5 : 7);
	return bound;
}

/* Fills out from the number at start; false when nothing is there. */
static bool describe(
	struct pm_slice text, size_t start, size_t low, struct pm_typed *out)
{
	struct sum sum = {0};
	int64_t lowest, tol, milli = 0;
	size_t off;
	enum bound bound;

	if (!read_sum(text, start, &sum))
		return false;
	off = range_back(text, start, low, &milli);
	if (off == SIZE_MAX)
		return false;
	lowest = off == start || sum.composite ? sum.sec
					       : milli * sum.unit / 1000;
	/* A range that runs backwards is a slip; its end is what counts. */
	if (lowest > sum.sec)
		lowest = sum.sec;
	bound = bound_back(text, &off, low);
	if (sum.plus)
		bound = LEAST;
	out->end = sum.end;
	bound = bound_after(text, &out->end, bound);
	tol = tolerance(&sum, bound);
	out->clock = false;
	out->off = off;
	out->len = sum.end - off;
	out->low_s = bound == MOST ? 0 : lowest - tol;
	out->high_s = bound == LEAST ? INT64_MAX : sum.sec + tol;
	return true;
}

/* True when a unit may begin at off: d h m s alone, or a longer name by its
   first three letters. */
static bool may_begin(struct pm_slice text, size_t off)
{
	char a = text.ptr[off] | 32, b = at(text, off + 1) | 32;
	char c = at(text, off + 2) | 32;

	if (pm_is_letter(text.ptr[off - 1]))
		return false;
	switch (a) {
	case 'd':
		return (b == 'a' && c == 'y') || !pm_is_letter(b);
	case 'h':
		return (b == 'o' && c == 'u') || b == 'r' || !pm_is_letter(b);
	case 'm':
		return (b == 'i' && c == 'n') || !pm_is_letter(b);
	case 's':
		return (b == 'e' && c == 'c') || !pm_is_letter(b);
	case 'w':
		return b == 'e' && c == 'e';
	default:
		return false;
	}
}

/* Sixteen bytes at once, in the vectors of GCC and Clang; where a machine has
   none the compiler takes them apart. */
typedef unsigned char block_t __attribute__((vector_size(BLOCK)));
typedef signed char mask_t __attribute__((vector_size(BLOCK)));

/* Lower case; signs become other signs, never letters that matter. */
static block_t load(const char *text)
{
	block_t block;

	memcpy(&block, text, sizeof block);
	return block | 32;
}

static mask_t letters_of(block_t block)
{
	return (mask_t)((block_t)(block - 'a') < 26);
}

/* Marks where may_begin can be true, by two letters, among the BLOCK bytes at
   text, of which one more on either side is read; false when nowhere, as in
   most blocks of a text. */
static bool mark(const char *text, unsigned char marks[BLOCK])
{
	block_t a = load(text), b = load(text + 1);
	mask_t alone = (mask_t)(a == 'd') | (mask_t)(a == 'h') |
		       (mask_t)(a == 'm') | (mask_t)(a == 's');
	mask_t pair = ((mask_t)(a == 'm') & (mask_t)(b == 'i')) |
		      ((mask_t)(a == 'd') & (mask_t)(b == 'a')) |
		      ((mask_t)(a == 'h') &
			      ((mask_t)(b == 'o') | (mask_t)(b == 'r'))) |
		      (((mask_t)(a == 's') | (mask_t)(a == 'w')) &
			      (mask_t)(b == 'e'));
	mask_t hit =
		~letters_of(load(text - 1)) & (pair | (alone & ~letters_of(b)));
	uint64_t parts[BLOCK / sizeof(uint64_t)];

	memcpy(parts, &hit, sizeof hit);
	memcpy(marks, &hit, sizeof hit);
	return parts[0] | parts[1];
}

/* Reads the duration whose unit stands at off, if there is one. */
static bool read_at(
	struct pm_slice text, size_t off, size_t first, struct pm_typed *out)
{
	size_t low = off - first > LOOK_BACK ? off - LOOK_BACK : first;
	size_t end, start;

	if (!unit_at(text, off, &end))
		return false;
	start = number_back(text, off, low);
	return start != SIZE_MAX && describe(text, start, low, out);
}

bool pm_typed_next(struct pm_slice text, size_t *off, struct pm_typed *out)
{
	const size_t first = *off;
	unsigned char marks[BLOCK];

	/* Nothing that begins at the first byte has a number before it. */
	for (size_t i = first + 1; i < text.len; i += BLOCK) {
		if (text.len - i <= BLOCK)
			memset(marks, 1, sizeof marks);
		else if (!mark(text.ptr + i, marks))
			continue;
		for (size_t k = 0; k < BLOCK && k < text.len - i; k++) {
			if (!marks[k] || !may_begin(text, i + k) ||
				!read_at(text, i + k, first, out))
				continue;
			*off = out->end;
			return true;
		}
	}
	*off = text.len;
	return false;
}
