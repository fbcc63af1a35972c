/**
 * The Maven plugin: a shell that runs on Java 17 and forks a JDK 25 with the generator. It decides
 * when to generate, and nothing about what is generated.
 */
@NullMarked
package io.brrtrouter.maven;

import org.jspecify.annotations.NullMarked;
