/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether 3/4/2026 is in March or in April: what the other dates of a document
 * show, what its language has, what its team says.
 */
#include "doc/body.h"
#include "doc/stamp.h"

/* The days that dates lie between, read in one order. */
struct stretch {
	int64_t first, last;
};

/* What the dates of a text show. */
struct orders {
	unsigned sure; /* bits, as pm_stamp_order has them */
	struct stretch day, month;
	int year;   /* of those that could be exchanged; 0: none so far */
	bool years; /* they are of several */
};

static void stretch_to(struct stretch *stretch, bool begin,
	struct pm_stamp_date date, enum pm_date_order order)
{
	int64_t day;

	pm_stamp_settle(&date, order);
	day = pm_date_to_days(pm_stamp_day(&date));
	if (begin || day < stretch->first)
		stretch->first = day;
	if (begin || day > stretch->last)
		stretch->last = day;
}

/* Not so the first of a month, which is set for something as often as it
   happens: "01/04/2019" and "01/05/2019". */
static void stretch_both(
	struct orders *orders, const struct pm_stamp_date *date)
{
	bool begin = !orders->year;

	if (!date->year || !date->ambiguous || date->month == 1 ||
		date->day == 1)
		return;
	stretch_to(&orders->day, begin, *date, PM_ORDER_DAY);
	stretch_to(&orders->month, begin, *date, PM_ORDER_MONTH);
	orders->years = orders->years || (!begin && orders->year != date->year);
	orders->year = date->year;
}

/* "04/02/2019 - 05/02/2019" is one day or a month: what a document tells of
   lies close together, if it does in one order alone. */
static enum pm_date_order near_order(const struct orders *orders)
{
	enum { NEAR = 14, FAR = 27 };
	int64_t day = orders->day.last - orders->day.first;
	int64_t month = orders->month.last - orders->month.first;

	if (orders->years)
		return PM_ORDER_UNKNOWN;
	if (day <= NEAR && month >= FAR)
		return PM_ORDER_DAY;
	return month <= NEAR && day >= FAR ? PM_ORDER_MONTH : PM_ORDER_UNKNOWN;
}

static void look_at(struct orders *orders, struct pm_slice text, bool told)
{
	struct pm_stamp_date date;
	size_t off = 0;

	while (pm_stamp_next(text, &off, &date)) {
		orders->sure |= 1u << date.order;
		if (told)
			stretch_both(orders, &date);
	}
}

/* The block that the actions begin with: what is still to be done may well be a
   month apart. */
static size_t first_action(const struct pm_body *body)
{
	for (size_t i = 0; i < body->doc->nsections; i++)
		if (body->doc->sections[i].roles & 1u << PM_SECTION_ACTIONS)
			return body->sections[i].heading;
	return body->md->nblocks;
}

/* Which orders the dates of the front matter and of the text show. */
static void find_orders(const struct pm_body *body, struct orders *out)
{
	const struct pm_doc_private *own = body->doc->own;
	size_t actions = first_action(body);

	look_at(out,
		pm_slice_sub(body->doc->src, own->front.off, own->front.len),
		false);
	look_at(out, own->toml, false);
	for (size_t i = 0; i < body->md->nblocks; i++)
		look_at(out, pm_md_read(body->md, i)->text, i < actions);
}

/* East Asia has the month first, whoever else is not English the day. Words of
   English and its neighbours look alike, signs do not. */
static enum pm_date_order order_of_language(const struct pm_body *body)
{
	if (body->wide && body->wide >= body->english)
		return PM_ORDER_MONTH;
	return body->foreign > 1 && body->foreign > body->english
		       ? PM_ORDER_DAY
		       : PM_ORDER_UNKNOWN;
}

enum pm_date_order pm_body_order(struct pm_body *body)
{
	const struct pm_policy *policy = body->doc->own->policy;
	enum pm_date_order order = body->timeline_order;

	if (order == PM_ORDER_UNKNOWN && !body->looked_for_order) {
		struct orders orders = {0};

		body->looked_for_order = true;
		find_orders(body, &orders);
		body->orders |= orders.sure;
		body->near_order = near_order(&orders);
	}
	if (order == PM_ORDER_UNKNOWN)
		order = pm_stamp_order(body->orders);
	/* What shows both orders shows none. */
	if (order == PM_ORDER_UNKNOWN && !(body->orders & ~1u))
		order = body->near_order;
	if (order == PM_ORDER_UNKNOWN)
		order = order_of_language(body);
	return order == PM_ORDER_UNKNOWN && policy ? policy->date_order : order;
}
