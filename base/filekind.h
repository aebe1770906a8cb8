/* What a file is by its bytes, where it is not the text that was asked for. */
#ifndef BASE_FILEKIND_H
#define BASE_FILEKIND_H

#include <stddef.h>

#include "base/err.h"

enum filekind {
	FILEKIND_TEXT,		/* nothing says otherwise */
	FILEKIND_XLSX, FILEKIND_XLS, FILEKIND_ODS, FILEKIND_DOCX, FILEKIND_DOC,
	FILEKIND_PPTX, FILEKIND_PDF,
	FILEKIND_SAV,		/* SPSS: .sav, .zsav */
	FILEKIND_DTA,		/* Stata */
	FILEKIND_SAS,
	FILEKIND_ZIP, FILEKIND_PACKED,	/* .zip; .gz .7z .rar .xz .bz2 */
	FILEKIND_IMAGE, FILEKIND_SQLITE,
	FILEKIND_HTML,		/* a web page, often named .xls */
	FILEKIND_XML,
	FILEKIND_UTF16,		/* text without a byte order mark, two bytes a character */
	FILEKIND_BINARY,	/* has NUL bytes and is none of these */
	FILEKIND_MAX
};

/* By signatures and, of packed documents, the names of their parts; never by the file's name. */
enum filekind filekind(const char *bytes, size_t n);

/* 0 for text; else -1 with *err (ERR_INPUT): what it is and how to make the file that can be read.
 * name: for messages. */
/* a CSV is wanted */
int filekind_table(const char *bytes, size_t n, const char *name, struct err *err);
/* a JSON file is wanted: an empty one or a table are named, too */
int filekind_json(const char *bytes, size_t n, const char *name, struct err *err);

#endif
