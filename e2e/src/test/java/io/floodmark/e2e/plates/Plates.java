package io.floodmark.e2e.plates;

import io.floodmark.api.plates.label.Label;
import io.floodmark.api.plates.label.LabelPaper;
import io.floodmark.api.plates.label.LabelSheet;
import io.floodmark.api.plates.label.PlateAddress;
import io.floodmark.plate.PlateCode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plates of a made-up ward, drawn from a seed, and their documents. */
final class Plates {
  private final PlateAddress address;
  private final List<Label> labels;

  Plates(String publicUrl, int count, long seed) {
    this.address = PlateAddress.of(Optional.of(publicUrl));
    Random random = new Random(seed);
    this.labels =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> label(PlateCode.draw(random), number))
            .toList();
  }

  /** What their symbols have to say. */
  Set<String> addresses() {
    return labels.stream().map(label -> address.of(label.code())).collect(Collectors.toSet());
  }

  /** Writes them all into one document, from the first place on. */
  Path write(LabelPaper paper, Path folder) throws Exception {
    Path pdf = folder.resolve(paper + ".pdf");
    try (OutputStream out = Files.newOutputStream(pdf)) {
      new LabelSheet(address).write(paper, 1, labels, out);
    }
    return pdf;
  }

  private static Label label(PlateCode code, int number) {
    return number % 2 == 0
        ? new Label(code, "Cây số " + number, "Phượng vĩ", "Phường Mỹ Hào")
        : new Label(
            code, "Số nhà " + number + ", Nguyễn Văn Linh", "Tổ dân phố Phú Đa", "Phường Mỹ Hào");
  }
}
