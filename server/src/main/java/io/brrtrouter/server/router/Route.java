package io.brrtrouter.server.router;

/** A template and what it leads to. */
record Route<T>(PathTemplate template, T value) {}
