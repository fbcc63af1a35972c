package io.brrtrouter.otel;

import static io.brrtrouter.otel.TracedServer.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OTLP over gRPC, with the dependencies that it takes. */
@Timeout(120)
class GrpcTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Things, version: "7"}
      paths:
        /things:
          get:
            operationId: things
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private static final String SERVICE = "opentelemetry.proto.collector.trace.v1.TraceService";

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  /** Octets as they are. */
  private static final class Octets implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private ServerServiceDefinition collector() {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(SERVICE + "/Export")
            .setRequestMarshaller(new Octets())
            .setResponseMarshaller(new Octets())
            .build();
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(
            export,
            (call, _) -> {
              call.request(1);
              return new ServerCall.Listener<>() {
                @Override
                public void onMessage(byte[] message) {
                  received.add(message);
                  call.sendHeaders(new Metadata());
                  call.sendMessage(new byte[0]);
                  call.close(Status.OK, new Metadata());
                }
              };
            })
        .build();
  }

  @Test
  void spans_arrive() throws Exception {
    Server collector = NettyServerBuilder.forPort(0).addService(collector()).build().start();
    try (TracedServer traced =
        new TracedServer(
            DOCUMENT,
            Map.of(
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "grpc",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getPort()),
            builder -> builder.handler("things", _ -> HttpResponse.text(200, "all")))) {
      assertThat(id(traced.get("/things"))).isNotEmpty();
      ExportTraceServiceRequest message = ExportTraceServiceRequest.parseFrom(received.take());
      assertThat(
              message.getResourceSpansList().stream()
                  .flatMap(resource -> resource.getScopeSpansList().stream())
                  .flatMap(scope -> scope.getSpansList().stream()))
          .anyMatch(
              span -> span.getName().equals("GET /things") || span.getName().equals("decode"));
    } finally {
      collector.shutdownNow();
      collector.awaitTermination();
    }
  }
}
