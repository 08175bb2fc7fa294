package trainyard.training.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits of 8 x 8 pixels (Alpaydin and Kaynak 1998; licence and source beside the file): 1437 to train with and 360
 * held out, every fifth row from the first on. Pixels are scaled to [0, 1].
 */
public final class Digits {
    private static final String FILE = "digits.csv.gz";
    private static final int SIDE = 8;
    private static final int CLASSES = 10;
    private static final float GREATEST_PIXEL = 16;
    private static final int HELD_OUT_EVERY = 5;

    private Digits() {}

    /** Reads them from the product's own resources. */
    public static Dataset.Labelled read() {
        List<String> lines = lines();
        int held = (lines.size() + HELD_OUT_EVERY - 1) / HELD_OUT_EVERY;
        Dataset.Examples train = examples(lines.size() - held);
        Dataset.Examples test = examples(held);
        for (int i = 0; i < lines.size(); i++) {
            int heldBefore = (i + HELD_OUT_EVERY - 1) / HELD_OUT_EVERY;
            boolean isHeld = i % HELD_OUT_EVERY == 0;
            put(lines.get(i), isHeld ? test : train, isHeld ? heldBefore : i - heldBefore);
        }
        return new Dataset.Labelled("digits", SIDE, SIDE, CLASSES, train, test);
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Digits.class.getResourceAsStream(FILE)), StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " of the product cannot be read", e);
        }
    }

    private static Dataset.Examples examples(int rows) {
        return new Dataset.Examples(new float[rows * SIDE * SIDE], new int[rows]);
    }

    private static void put(String line, Dataset.Examples examples, int row) {
        String[] cells = line.split(",");
        int features = cells.length - 1;
        for (int i = 0; i < features; i++) {
            examples.features()[row * features + i] = Integer.parseInt(cells[i]) / GREATEST_PIXEL;
        }
        examples.labels()[row] = Integer.parseInt(cells[features]);
    }
}
