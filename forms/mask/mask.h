/* Numbers that name a person are blotted out before a text is kept.  Inside forms/ only. */
#ifndef FORMS_MASK_MASK_H
#define FORMS_MASK_MASK_H

#include <stddef.h>

/*
 * Write "*" for each digit of
 *   - a mobile number (11 digits from 13 to 19), with +86, 0086, 86 or without;
 *   - a landline with its area code (0411-85123456, 010 62345678), or in two parts without
 *     (8512-3456);
 *   - a foreign number behind "+";
 *   - an identity number (18 with its X, or 15) and a bank card (16 to 19), written in one or in
 *     parts;
 *   - three or more parts of three to five digits, ten and more together;
 *   - any other seven digits or more without a gap (QQ, local, case and account numbers).
 * Digits are whatever digit_of() knows; parts may be up to three signs apart (digit_separator()),
 * and marks one does not see (digit_glue()) count as nothing and go.  Mobiles, landlines with their
 * area code and identity numbers of 18 digits go too where punctuation, brackets or pictures part
 * them (139。0000。1111) or single words (138空1234空5678).
 *
 * Kept: dates (2026-11-30, 20261130), times, years and ranges of them, sums (1,280,500.00,
 * 85000000元, ¥12000000, 花了1350000), sums and rooms in a row (工资3500 4200 5100, 201 202 203),
 * sums that come out (1000+2000=3000), numbers of documents (〔2024〕15号), public service numbers
 * (12345, 0411-12315, 110, 955xx, 400-...), lists of short numbers, numbers that count something
 * (15日1500元), and Chinese or circled numerals that are no such number (①②③④⑤⑥⑦⑧).  Where one
 * reading names a person and another does not the number goes: 8512-3456 may be a range of prices,
 * 1350 4200 510 three of them, unless they are round and money is said of them.
 *
 * s is valid UTF-8 and never grows.  Returns how many numbers were blotted out.
 */
size_t mask_digits(char *s);

#endif
