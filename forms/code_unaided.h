/* What an open answer about complaint channels names, as a code: rule "unaided-1". */
#ifndef FORMS_CODE_UNAIDED_H
#define FORMS_CODE_UNAIDED_H

/*
 * Form C asks which number or platform people would use, without showing any.  The answer is
 * kept as typed and coded when it is counted, so that a better rule can be applied to old
 * answers; the rule's name is printed beside the figure and changes with any change here.
 *
 * Rule unaided-1, the first that holds:
 *   1. a hotline is named: "12345", "12315" or "12365" as a number of its own, with
 *      spaces or hyphens inside or not, after an area code or not, in full-width digits or
 *      Chinese numerals; or by a name in the table of code_unaided.c (市长热线, 市民热线 are
 *      12345; 315, 消费者投诉热线 are 12315; 质监热线 is 12365).  If several, the one named first.
 *   2. the seller, maker or shopping platform is named (商家, 超市, 客服, 淘宝, "shop", ...):
 *      "merchant".
 *   3. the person does not know (不知道, 不清楚, 没想过, "don't know"): "98".
 *   4. anything else: "other", bodies without their number too (市场监管局, 消协): naming an
 *      office is not naming a hotline.  Blank or NULL: "".
 * A bare code ("12345", "merchant", "98"), as interviewers' files hold, codes as itself.
 */
#define CODE_UNAIDED_RULE "unaided-1"

/* One of "12345", "12315", "12365", "merchant", "other", "98", "".  text is valid UTF-8. */
const char *code_unaided(const char *text);

#endif
