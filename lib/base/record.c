/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flat records: integers as zigzag base-128, texts as length and bytes. The
 * reader trusts nothing, because the writer is a worker that has just parsed
 * hostile text.
 */
#include "base/record.h"

#include <stdlib.h>

#include "base/alloc.h"

static void put_unsigned(struct pm_buf *buf, uint64_t value)
{
	char bytes[10];
	size_t len = 0;

	if (value < 0x80) {
		pm_buf_addc(buf, (char)value);
		return;
	}
	while (value >= 0x80) {
		bytes[len++] = (char)(unsigned char)(value | 0x80);
		value >>= 7;
	}
	bytes[len++] = (char)value;
	pm_buf_add(buf, bytes, len);
}

void pm_record_put_int(struct pm_buf *buf, int64_t value)
{
	uint64_t sign = value < 0 ? UINT64_MAX : 0;

	put_unsigned(buf, ((uint64_t)value << 1) ^ sign);
}

void pm_record_put_str(struct pm_buf *buf, struct pm_slice text)
{
	put_unsigned(buf, text.len);
	pm_buf_add_slice(buf, text);
}

void pm_record_put_error(struct pm_buf *buf, const struct pm_ctx *ctx)
{
	const struct pm_error *error = pm_ctx_error(ctx);

	pm_record_put_int(buf, error->code);
	pm_record_put_str(buf, pm_buf_slice(&error->message));
	pm_record_put_str(buf, pm_buf_slice(&error->path));
	pm_record_put_int(buf, error->pos.line);
	pm_record_put_int(buf, error->pos.col);
	pm_record_put_str(buf, pm_buf_slice(&error->earlier));
}

void pm_record_init(struct pm_record *record, struct pm_slice bytes)
{
	*record = (struct pm_record){.rest = bytes};
}

static uint64_t fail(struct pm_record *record)
{
	record->bad = true;
	record->rest.len = 0;
	return 0;
}

static uint64_t take_unsigned(struct pm_record *record)
{
	uint64_t value = 0;
	unsigned shift;
	size_t i;

	/* Most are small. */
	if (record->rest.len && !(record->rest.ptr[0] & 0x80)) {
		record->rest.len--;
		return (unsigned char)*record->rest.ptr++;
	}
	for (i = 0, shift = 0; i < record->rest.len && shift < 64; i++) {
		uint64_t byte = (unsigned char)record->rest.ptr[i];

		/* The tenth byte has room for one bit. */
		if (shift == 63 && byte > 1)
			break;
		value |= (byte & 0x7F) << shift;
		shift += 7;
		if (byte < 0x80) {
			record->rest = pm_slice_from(record->rest, i + 1);
			return value;
		}
	}
	return fail(record);
}

int64_t pm_record_int(struct pm_record *record)
{
	uint64_t raw = take_unsigned(record);

	return (int64_t)((raw >> 1) ^ (raw & 1 ? UINT64_MAX : 0));
}

int64_t pm_record_int_in(struct pm_record *record, int64_t least, int64_t end)
{
	int64_t number = pm_record_int(record);

	if (number >= least && number < end)
		return number;
	record->bad = true;
	return least;
}

struct pm_slice pm_record_str(struct pm_record *record)
{
	uint64_t len = take_unsigned(record);
	struct pm_slice text;

	if (len > record->rest.len) {
		fail(record);
		len = 0;
	}
	text = pm_slice_sub(record->rest, 0, (size_t)len);
	record->rest = pm_slice_from(record->rest, (size_t)len);
	return text;
}

int pm_record_raise(struct pm_ctx *ctx, struct pm_record *record)
{
	int64_t code = pm_record_int(record);
	struct pm_slice message = pm_record_str(record);
	struct pm_slice path = pm_record_str(record), earlier;
	struct pm_pos pos;
	char *file;

	pos.line = (unsigned)pm_record_int(record);
	pos.col = (unsigned)pm_record_int(record);
	earlier = pm_record_str(record);
	/* A code that is none would be taken for success. */
	if (record->bad || code >= 0 || code < INT16_MIN)
		return pm_fail(ctx, PM_ERROR, "a worker sent nonsense");
	if (path.len) {
		file = pm_strndup(path.ptr, path.len);
		pm_fail_at(ctx, (int)code, file, pos, "%.*s",
			PM_SLICE_ARG(message));
		free(file);
	} else {
		pm_fail(ctx, (int)code, "%.*s", PM_SLICE_ARG(message));
	}
	pm_buf_add_slice(&ctx->error.earlier, earlier);
	return (int)code;
}

bool pm_record_done(const struct pm_record *record)
{
	return !record->bad && !record->rest.len;
}
