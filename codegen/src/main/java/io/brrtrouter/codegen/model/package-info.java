/**
 * What will be generated, decided to the last name and type: packages, classes, components,
 * constraints, requests and responses. Immutable values without behaviour; printers only look.
 */
@NullMarked
package io.brrtrouter.codegen.model;

import org.jspecify.annotations.NullMarked;
