@org.jspecify.annotations.NullMarked
package io.brrtrouter.server.files;
