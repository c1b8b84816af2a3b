package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One way through the features of a file, in a stream. */
final class GeoJsonFeatures implements Closeable {
  private final JsonParser parser;
  private final FileLimits limits;
  private final GeoJsonFeature root;
  private boolean inFeatures;
  private boolean sawFeatures;
  private boolean ended;
  private long number;

  GeoJsonFeatures(Path file, FileLimits limits) throws IOException, FileProblemException {
    parser = JsonText.FACTORY.createParser(StrictText.reader(file));
    this.limits = limits;
    root = new GeoJsonFeature(1, limits);
  }

  Optional<GeoJsonFeature> next() throws IOException, FileProblemException {
    if (parser.currentToken() == null && !ended) {
      parser.nextToken();
    }
    while (!ended) {
      JsonToken token = parser.nextToken();
      if (inFeatures && token != JsonToken.END_ARRAY) {
        number++;
        return Optional.of(GeoJsonFeature.read(parser, number, limits));
      } else if (inFeatures) {
        inFeatures = false;
      } else if (token == JsonToken.FIELD_NAME) {
        member(parser.currentName());
      } else {
        return end();
      }
    }
    return Optional.empty();
  }

  private void member(String name) throws IOException, FileProblemException {
    JsonToken value = parser.nextToken();
    if (name.equals("features") && value == JsonToken.START_ARRAY && !sawFeatures) {
      inFeatures = true;
      sawFeatures = true;
    } else {
      root.member(name, parser);
    }
  }

  private Optional<GeoJsonFeature> end() throws IOException, FileProblemException {
    ended = true;
    boolean single = root.type().equals("Feature") && !sawFeatures;
    if (!single && !(root.type().equals("FeatureCollection") && sawFeatures)) {
      throw new FileProblemException(
          ProblemKeys.GEOJSON_KIND, Map.of("type", RowProblem.shortened(root.type())));
    }
    if (parser.nextToken() != null) {
      // One feature per line (RFC 8142 and its likes) is another format.
      throw new FileProblemException(ProblemKeys.GEOJSON_MORE, Map.of());
    }
    return single ? Optional.of(root) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
