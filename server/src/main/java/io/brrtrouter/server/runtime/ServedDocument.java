package io.brrtrouter.server.runtime;

/**
 * The document as clients may fetch it: in one piece, whatever files it was read from.
 *
 * @param title the API's name
 * @param yaml as YAML, in UTF-8
 * @param json as JSON, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ServedDocument(String title, byte[] yaml, byte[] json) {}
