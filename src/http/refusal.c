/* SPDX-License-Identifier: MIT */
/* Every reason for which a request is refused before anything looks at what it asks for: the kind of the problem, the
 * field at fault and one sentence. Data only; who decides is the filter on the wire and the guard. A sentence never
 * holds what a client sent. */
#include "internal.h"

const struct refusal refusals[REFUSE_COUNT] = {
    [REFUSE_LONG_TARGET] = {FAULT_URI_TOO_LONG, NULL, "The request target is longer than 2,048 bytes."},
    [REFUSE_MANY_PARAMETERS] = {FAULT_BAD_REQUEST, NULL, "The query holds more than 32 parameters."},
    [REFUSE_BAD_BYTE] = {FAULT_BAD_REQUEST, NULL,
                         "The request target holds a byte that must be percent-encoded: white space, a control byte, a "
                         "number sign or a byte above 0x7E."},
    [REFUSE_BAD_FORM] = {FAULT_BAD_REQUEST, NULL,
                         "The request target is neither a path, nor an http or https address, nor the * of OPTIONS."},
    [REFUSE_BAD_ESCAPE] = {FAULT_BAD_REQUEST, NULL,
                           "A percent sign in the request target is not followed by two hexadecimal digits."},
    [REFUSE_HIDDEN_SLASH] = {FAULT_BAD_REQUEST, NULL, "The path hides a slash as %2F."},
    [REFUSE_HIDDEN_CONTROL] = {FAULT_BAD_REQUEST, NULL,
                               "The request target hides a control byte behind a percent sign."},
    [REFUSE_BAD_METHOD] = {FAULT_BAD_REQUEST, NULL, "The method is not a token."},
    [REFUSE_UNKNOWN_METHOD] = {FAULT_NOT_IMPLEMENTED, NULL, "The method is unknown; methods are written in capitals."},
    [REFUSE_MANY_FIELDS] = {FAULT_FIELDS_TOO_LARGE, NULL,
                            "The header fields are more than 48 or longer than 6,144 bytes together."},
    [REFUSE_BAD_NAME] = {FAULT_BAD_REQUEST, NULL, "The name of a header field is not a token."},
    [REFUSE_BAD_FIELD_VALUE] = {FAULT_BAD_REQUEST, NULL, "The value of a header field holds a control byte."},
    [REFUSE_NO_HOST] = {FAULT_BAD_REQUEST, "Host", "The field Host is missing."},
    [REFUSE_MANY_HOSTS] = {FAULT_BAD_REQUEST, "Host", "The field Host stands more than once."},
    [REFUSE_BAD_HOST] = {FAULT_BAD_REQUEST, "Host", "The field Host is no host with an optional port."},
    [REFUSE_CODED_AND_COUNTED] = {FAULT_BAD_REQUEST, "Transfer-Encoding",
                                  "The fields Transfer-Encoding and Content-Length exclude each other."},
    [REFUSE_CODED_OLD] = {FAULT_BAD_REQUEST, "Transfer-Encoding", "There is no Transfer-Encoding before HTTP/1.1."},
    [REFUSE_CODED] = {FAULT_NOT_IMPLEMENTED, "Transfer-Encoding", "No transfer coding is taken, since no content is."},
    [REFUSE_MANY_LENGTHS] = {FAULT_BAD_REQUEST, "Content-Length", "The field Content-Length stands more than once."},
    [REFUSE_BAD_LENGTH] = {FAULT_BAD_REQUEST, "Content-Length", "The field Content-Length is no number."},
    [REFUSE_CONTENT] = {FAULT_CONTENT_TOO_LARGE, "Content-Length", "This service takes no request content."},
    [REFUSE_BAD_LINE] = {FAULT_BAD_REQUEST, NULL,
                         "The request line is not method, target and version with one space between them."},
    [REFUSE_BAD_VERSION] = {FAULT_BAD_REQUEST, NULL, "The request line does not end in HTTP/1.1 or HTTP/1.0."},
    [REFUSE_OTHER_VERSION] = {FAULT_VERSION_NOT_SUPPORTED, NULL, "Only HTTP/1.1 and HTTP/1.0 are spoken here."},
    [REFUSE_BAD_LINE_END] = {FAULT_BAD_REQUEST, NULL,
                             "A line of the head does not end in CR and LF, or one of the two stands alone."},
    [REFUSE_EMPTY_LINES] = {FAULT_BAD_REQUEST, NULL, "More than one empty line stands before the request line."},
    [REFUSE_FOLDED] = {FAULT_BAD_REQUEST, NULL, "A header field begins with white space or goes on in a second line."},
    [REFUSE_SPACED_NAME] = {FAULT_BAD_REQUEST, NULL, "White space stands before the colon of a header field."},
    [REFUSE_NO_COLON] = {FAULT_BAD_REQUEST, NULL, "A line among the header fields has no colon."},
};
