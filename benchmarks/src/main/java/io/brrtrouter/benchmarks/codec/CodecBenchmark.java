package io.brrtrouter.benchmarks.codec;

import com.networknt.schema.OutputFormat;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * From bytes to records and back: Jackson databind, with and without a validator beside it, the
 * tree of this project, and generated codecs, which enforce every constraint of the schema.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class CodecBenchmark {

  /** Which texts; {@code adyen} needs test data of others. */
  @Param({"pet", "pets", "adyen"})
  public String subject = "pet";

  private byte[] bytes;
  private JsonMapper mapper;
  private ObjectReader databindReader;
  private ObjectWriter databindWriter;
  private Object databindValue;
  private com.networknt.schema.Schema networknt;
  private CompiledSchema schema;
  private JsonCodec<Object> codec;
  private Object value;

  /** Prepares all of them, and makes sure that they agree. */
  @Setup
  public void prepare() {
    CodecSubject chosen = CodecSubject.named(subject);
    bytes = chosen.json();
    mapper = chosen.mapper();
    databindReader = mapper.readerFor(chosen.type());
    databindWriter = mapper.writerFor(chosen.type());
    databindValue = databindReader.readValue(bytes);
    networknt = chosen.networknt();
    schema =
        SchemaCompiler.builder()
            .resource(chosen.resource())
            .assertFormats(true)
            .build()
            .compile(chosen.resource(), chosen.pointer(), View.REQUEST);
    codec = chosen.codec();
    if (ours() instanceof Decoded.Value<Object>(Object decoded)) {
      value = decoded;
    }
    require("ours", value != null);
    require("tree", tree() instanceof ParsedJson.Valid);
    require("networknt", databindAndNetworknt().equals(databindValue));
    require(
        "encoders", mapper.readTree(encodeOurs().json()).equals(mapper.readTree(encodeDatabind())));
  }

  private void require(String who, boolean condition) {
    if (!condition) {
      throw new IllegalStateException(who + " does not agree on " + subject);
    }
  }

  /** {@return the records, unvalidated} */
  @Benchmark
  public Object databind() {
    return databindReader.readValue(bytes);
  }

  /** {@return the records, validated as a tree before} */
  @Benchmark
  public Object databindAndNetworknt() {
    JsonNode tree = mapper.readTree(bytes);
    require("networknt", networknt.validate(tree, OutputFormat.BOOLEAN));
    return databindReader.readValue(tree);
  }

  /** {@return the tree, validated while it is read} */
  @Benchmark
  public ParsedJson tree() {
    return schema.parse(bytes, JsonLimits.DEFAULT);
  }

  /** {@return the records, validated while they are read} */
  @Benchmark
  public Decoded<Object> ours() {
    return Json.decode(codec, bytes, JsonLimits.DEFAULT, Checks.ALL);
  }

  /** {@return the records, without the constraints of the schema} */
  @Benchmark
  public Decoded<Object> oursUnchecked() {
    return Json.decode(codec, bytes, JsonLimits.DEFAULT, Checks.SYNTAX);
  }

  /** {@return the text, unvalidated} */
  @Benchmark
  public byte[] encodeDatabind() {
    return databindWriter.writeValueAsBytes(databindValue);
  }

  /** {@return the text, validated while it is written} */
  @Benchmark
  public Encoded encodeOurs() {
    return Json.encode(codec, value, Checks.ALL);
  }

  /** {@return the text, of a value that a program found valid before} */
  @Benchmark
  public Encoded encodeOursUnchecked() {
    return Json.encode(codec, value, Checks.SYNTAX);
  }
}
