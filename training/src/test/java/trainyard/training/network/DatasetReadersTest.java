package trainyard.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReadersTest {
    @TempDir
    private Path folder;

    /** The counts of the test part at UCI: 178 zeros to 180 nines, 1797 in all. */
    @Test
    void digitsAreTheOnesOfTheRepository() {
        Dataset.Labelled digits = Digits.read();
        assertThat(digits.rows()).isEqualTo(1437);
        assertThat(digits.test().labels()).hasSize(360);
        assertThat(digits.features()).isEqualTo(64);
        int[] counts = IntStream.range(0, 10)
                .map(label -> (int) (count(digits.train(), label) + count(digits.test(), label)))
                .toArray();
        assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    private static long count(Dataset.Examples examples, int label) {
        return Arrays.stream(examples.labels()).filter(value -> value == label).count();
    }

    /** The first row of the file is a held-out zero, the second one a one to train with. */
    @Test
    void everyFifthDigitIsHeldOut() {
        Dataset.Labelled digits = Digits.read();
        assertThat(digits.test().labels()[0]).isZero();
        assertThat(Arrays.copyOf(digits.test().features(), 8))
                .containsExactly(0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0);
        assertThat(digits.train().labels()[0]).isEqualTo(1);
        assertThat(Arrays.copyOf(digits.train().features(), 8))
                .containsExactly(0, 0, 0, 12 / 16f, 13 / 16f, 5 / 16f, 0, 0);
        assertThat(Arrays.copyOf(digits.train().labels(), 5)).containsExactly(1, 2, 3, 4, 6);
        for (float pixel : digits.train().features()) {
            assertThat(pixel).isBetween(0f, 1f);
        }
    }

    @Test
    void fashionIsReadFromItsFiles() throws IOException {
        write("train-images-idx3-ubyte.gz", 0x803, new int[] {3, 28, 28}, 3 * 784);
        write("train-labels-idx1-ubyte.gz", 0x801, new int[] {3}, 3);
        write("t10k-images-idx3-ubyte.gz", 0x803, new int[] {2, 28, 28}, 2 * 784);
        write("t10k-labels-idx1-ubyte.gz", 0x801, new int[] {2}, 2);
        Dataset.Labelled fashion = FashionMnist.read(folder, 2, 1);
        assertThat(fashion.rows()).isEqualTo(2);
        assertThat(fashion.train().labels()).containsExactly(0, 1);
        assertThat(fashion.train().features()).hasSize(2 * 784);
        assertThat(fashion.train().features()[255]).isEqualTo(1f);
        assertThat(fashion.train().features()[51]).isEqualTo(0.2f);
        assertThatThrownBy(() -> FashionMnist.read(folder, 4, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("does not hold 4 rows");
        write("t10k-labels-idx1-ubyte.gz", 0x801, new int[] {2}, 1);
        assertThatThrownBy(() -> FashionMnist.read(folder, 2, 2)).hasMessageContaining("ends too early");
        Files.writeString(folder.resolve("t10k-labels-idx1-ubyte.gz"), "no gzip");
        assertThatThrownBy(() -> FashionMnist.read(folder, 2, 2)).hasMessageContaining("cannot be read");
    }

    @Test
    void aMissingFolderIsOneSentenceWithTheFix() {
        assertThatThrownBy(() -> FashionMnist.read(folder.resolve("nowhere"), 10, 10))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("train-images-idx3-ubyte.gz; install the Debian package dataset-fashion-mnist");
        assertThatThrownBy(() -> FashionMnist.read(folder, 0, 10)).hasMessageContaining("60000 images");
    }

    /** Bytes 0, 1, 2 and so on, over again from 256. */
    private void write(String name, int magic, int[] dimensions, int bytes) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))))) {
            out.writeInt(magic);
            for (int dimension : dimensions) {
                out.writeInt(dimension);
            }
            for (int i = 0; i < bytes; i++) {
                out.writeByte(i);
            }
        }
    }
}
