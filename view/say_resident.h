/* The words residents read that are not the questionnaire's own. */
#ifndef VIEW_SAY_RESIDENT_H
#define VIEW_SAY_RESIDENT_H

#include "base/lang.h"

/* One sentence or label; those marked %.. are printf formats, with the arguments in the comment. */
enum say {
	/* around every page */
	SAY_SURVEY, SAY_DEMO, SAY_LARGE, SAY_OTHER_LANGUAGE, SAY_PRIVACY, SAY_FRAUD, SAY_CLOSE,
	/* around the form */
	SAY_RATING, SAY_TAKING, SAY_SCANNED, SAY_SECTOR, SAY_ELSEWHERE, SAY_STEP /* %zu of %zu */, SAY_NEXT, SAY_BACK, SAY_MORE,
	SAY_SUBMIT, SAY_SENDING, SAY_AGREE, SAY_DECLINE, SAY_QUICK, SAY_REST,
	SAY_SKIP, SAY_BLANK, SAY_STREETS, SAY_TOWNS, SAY_COUNTRY,
	/* skip logic in words */
	SAY_NOT_HERE, SAY_ONLY_IF, SAY_ONLY_END, SAY_IS, SAY_IS_NOT, SAY_EMPTY, SAY_AND, SAY_OR, SAY_NOT,
	SAY_QUOTE, SAY_UNQUOTE, SAY_LIST, SAY_COLON,
	/* a mistake */
	SAY_MISTAKE, SAY_MISTAKES /* %zu */, SAY_MISTAKE_AT /* %zu */,
	/* thank you, declined */
	SAY_THANKS, SAY_STORED, SAY_STORED_AT, SAY_USE, SAY_SCREENED, SAY_RECEIPT, SAY_RECEIPT_WHY,
	SAY_CHECK, SAY_DECLINED, SAY_DECLINED_TEXT, SAY_BACK_TO_FORM,
	/* a code or a receipt to type */
	SAY_CODE, SAY_CODE_LABEL, SAY_CODE_HINT, SAY_CODE_GO, SAY_CODE_WRONG,
	SAY_RECEIPT_ASK, SAY_RECEIPT_LABEL, SAY_RECEIPT_HINT, SAY_RECEIPT_WRONG, SAY_CHECK_GO,
	/* tickets */
	SAY_TICKET_ASK, SAY_TICKET_LABEL, SAY_TICKET_HINT, SAY_TICKET_WRONG, SAY_TICKET_GO_ON, SAY_TICKET_OPEN,
	SAY_TICKET_SEND_OPEN, SAY_TICKET_NOTE, SAY_TICKET_OPEN_NOTE,
	/* what a receipt is worth */
	SAY_FOUND, SAY_FOUND_TEXT, SAY_FOUND_LEAF /* %lld */, SAY_FOUND_HEAD /* %lld */,
	SAY_FOUND_WAIT, SAY_LEDGER, SAY_LOST, SAY_LOST_TEXT, SAY_CHANGED, SAY_CHANGED_TEXT, SAY_CALL,
	/* elsewhere */
	SAY_BUSY, SAY_RESEND, SAY_AGAIN, SAY_OPEN_FORM, SAY_HOME,
	SAY_MAX
};

/* The words in a language; never NULL, lives for ever. */
const char *say_resident(enum say what, enum lang lang);
const struct words *say_both(enum say what);

#endif
