package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a process answers that was asked to compare. */
class ForkedDiffTest {
  private static final String PETS =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: list_pets
            parameters: [ { name: limit, in: query, schema: { type: integer, maximum: 100 } } ]
            responses: { "204": { description: none } }
      """;

  @TempDir Path directory;
  private final Properties wanted = new Properties();

  @BeforeEach
  void prepare() throws IOException {
    wanted.setProperty("old", write("old.yaml", PETS));
    wanted.setProperty("document", write("new.yaml", PETS.replace("100", "50")));
    wanted.setProperty("version", "1.2.3");
    wanted.setProperty("today", "2026-01-01");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private List<String> reply() throws IOException {
    Path request = directory.resolve("request");
    Path reply = directory.resolve("reply");
    try (Writer out = Files.newBufferedWriter(request)) {
      wanted.store(out, null);
    }
    ForkedDiff.main(new String[] {request.toString(), reply.toString()});
    return Files.readAllLines(reply).stream()
        .map(line -> line.replace(directory + "/", ""))
        .toList();
  }

  @Test
  void compares_as_nobody_has_asked_otherwise() throws IOException {
    assertThat(reply())
        .containsExactly(
            "error new.yaml:7:72: breaking[request-maximum-lowered]: GET /pets, query parameter limit: maximum changed from 100 to 50",
            "error     7 |       parameters: [ { name: limit, in: query, schema: { type: integer, maximum: 50 } } ]",
            "error       |                                                                        ^",
            "error   before: old.yaml:7:72",
            "error   why: Requests with values beyond it are refused",
            "info 1 breaking change",
            "failed new.yaml differs from old.yaml: 1 breaking change");
  }

  @Test
  void what_other_programs_read_has_no_prefix() throws IOException {
    wanted.setProperty("failOn", "never");
    wanted.setProperty("format", "github");
    assertThat(reply())
        .containsExactly(
            "print ::error file=new.yaml,line=7,col=72,title=request-maximum-lowered::GET /pets, query parameter limit: maximum changed from 100 to 50; Requests with values beyond it are refused",
            "print 1 breaking change");

    for (String format : List.of("json", "sarif")) {
      wanted.setProperty("format", format);
      StringBuilder printed = new StringBuilder();
      for (String line : reply()) {
        assertThat(line).startsWith("print ");
        printed.append(line.substring("print ".length())).append('\n');
      }
      assertThat(JsonMapper.builder().build().readTree(printed.toString()).isObject()).isTrue();
    }
  }
}
