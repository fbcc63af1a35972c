/**
 * What is configured of another service that answers operations, and who makes their handlers: the
 * room for modules that ask such services.
 */
@NullMarked
package io.brrtrouter.server.service;

import org.jspecify.annotations.NullMarked;
