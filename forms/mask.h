/* Numbers that could name a person are blotted out before a text is kept.  Inside forms/ only. */
#ifndef FORMS_MASK_H
#define FORMS_MASK_H

/*
 * Write "*" for each digit of every row of seven or more: telephone, identity and bank card
 * numbers, the X that may end an identity number included.  A row goes on over up to three
 * spaces, hyphens, dots, brackets or invisible characters; full-width digits and Chinese
 * numerals (一三八…, 〇, 幺) are digits too.  Rows made of public service numbers
 * alone (12345, 12315, 0411-12345, 110 ...) stay.  Amounts and dates written as one such row go too:
 * better a lost date than a kept number.  s is valid UTF-8; it never grows.
 */
void mask_digits(char *s);

#endif
