package io.brrtrouter.server.http;

/**
 * Content whose writer opens itself what it needs.
 *
 * @param version which content it is
 * @param writer writes parts of it
 */
record UnopenedContent(Version version, PartWriter writer)
    implements SeekableContent, SeekableContent.Opened {

  @Override
  public Opened open() {
    return this;
  }

  @Override
  public void writeTo(ContentSink sink, long from, long length) throws Exception {
    writer.writeTo(sink, from, length);
  }

  @Override
  public void close() {}
}
