package io.brrtrouter.codegen.client;

import org.jspecify.annotations.Nullable;

/// How a property of a form is written where that is not what its value suggests.
///
/// @param name the property
/// @param mediaType its media type; empty where its value decides
/// @param style its style; null where its media type decides
/// @param explode whether arrays and objects are spread
/// @param octets whether it is octets, a character for each
record FormField(
    String name, String mediaType, @Nullable Style style, boolean explode, boolean octets) {}
