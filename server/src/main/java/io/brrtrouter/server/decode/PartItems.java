package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Decoders of parts that are the items of an array.
 *
 * @param prefix of the first items
 * @param rest of the others
 */
record PartItems(List<PartDecoder> prefix, PartDecoder rest) {

  /** {@return decoders of the items of an array, with the encoding of each position} */
  static PartItems compile(
      Shape array,
      int encoded,
      IntFunction<@Nullable Encoding> encodings,
      Schemas schemas,
      FormLimits limits) {
    List<PartDecoder> prefix = new ArrayList<>();
    for (int i = 0; i < Math.max(array.prefix().size(), encoded); i++) {
      prefix.add(PartDecoder.compile(array.item(i), encodings.apply(i), schemas, limits));
    }
    PartDecoder rest =
        PartDecoder.compile(
            array.item(Integer.MAX_VALUE), encodings.apply(Integer.MAX_VALUE), schemas, limits);
    return new PartItems(List.copyOf(prefix), rest);
  }

  /** {@return decoders of parts each of which has a value of one shape} */
  static PartItems ofOne(
      Shape item,
      List<Encoding> prefix,
      @Nullable Encoding rest,
      Schemas schemas,
      FormLimits limits) {
    return new PartItems(
        prefix.stream()
            .map(encoding -> PartDecoder.compile(item, encoding, schemas, limits))
            .toList(),
        PartDecoder.compile(item, rest, schemas, limits));
  }

  /** {@return the value of the part at a position} */
  JsonNode decode(Part part, long index, Flaws flaws) {
    return (index < prefix.size() ? prefix.get((int) index) : rest).decode(part, flaws);
  }

  /** Decodes a part to the end of an array, with flaws placed there. */
  void append(ArrayNode array, Part part, Flaws flaws) {
    int index = array.size();
    int before = flaws.size();
    array.add(decode(part, index, flaws));
    flaws.under(before, String.valueOf(index));
  }
}
