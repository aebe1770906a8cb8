/* Which characters people use as digits, and what may stand between the digits of one number.
 * Inside forms/ only. */
#ifndef FORMS_MASK_DIGIT_H
#define FORMS_MASK_DIGIT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The digit a character stands for, or -1: every decimal digit of Unicode 14 (general category Nd:
 * full-width, Arabic-Indic, mathematical ...), raised and lowered digits, and digits that also
 * number lists or are words: ①, ❶, ⑴, ⒈, ㈠, 一 to 九, 〇, 零, 幺, 两, 壹 to 玖.  *word
 * is set for the latter.
 */
int digit_of(uint32_t c, bool *word);

/*
 * What a character between digits is, folded to one sign: ' ' white space and line ends; '-'
 * hyphens and dashes; '.' dots; ':' ; ',' commas and 、; '/' ; '(' and ')' brackets; '+' ; '=' ;
 * '_' other strokes people put between; 0: it ends the number.
 */
char digit_separator(uint32_t c);

/* Punctuation, a bracket, an arrow, a picture: what people put between the digits of one number
 * around a filter.  Not % ‰ ¥ $. */
bool digit_sign(uint32_t c);
/* A letter or character of any script. */
bool digit_letter(uint32_t c);

/* Is it nothing to the eye, or part of the character before it (variation selector,
 * keycap, combining mark)? */
bool digit_glue(uint32_t c);

#endif
