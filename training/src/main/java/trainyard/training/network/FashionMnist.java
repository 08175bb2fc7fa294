package trainyard.training.network;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747; MIT licence): 28 x 28 grey images of ten kinds of clothes in
 * IDX files, which the user provides. Pixels are scaled to [0, 1].
 */
public final class FashionMnist {

    /** Images to train with. */
    public static final int TRAIN_ROWS = 60_000;

    /** Held-out images. */
    public static final int TEST_ROWS = 10_000;

    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    private static final float GREATEST_PIXEL = 255;

    /** Unsigned bytes in three dimensions, or in one. */
    private static final int IMAGES = 0x00000803;

    private static final int LABELS = 0x00000801;

    private static final String FIX = "install the Debian package dataset-fashion-mnist, which puts it into"
            + " /usr/share/datasets/fashion-mnist, or take the four .gz files of data/fashion from"
            + " github.com/zalandoresearch/fashion-mnist";

    private FashionMnist() {}

    /**
     * Reads the first images of each part.
     *
     * @param folder with the four files, packed by gzip
     * @param trainRows images to train with, from 1 to {@link #TRAIN_ROWS}
     * @param testRows held-out images, from 1 to {@link #TEST_ROWS}
     * @throws DatasetException if a file is missing or damaged; says where to get it
     */
    public static Dataset.Labelled read(Path folder, int trainRows, int testRows) {
        if (trainRows < 1 || trainRows > TRAIN_ROWS || testRows < 1 || testRows > TEST_ROWS) {
            throw new IllegalArgumentException("Fashion-MNIST has " + TRAIN_ROWS + " images to train with and "
                    + TEST_ROWS + " held out, not " + trainRows + " and " + testRows);
        }
        return new Dataset.Labelled(
                "Fashion-MNIST", SIDE, SIDE, CLASSES, part(folder, "train", trainRows), part(folder, "t10k", testRows));
    }

    private static Dataset.Examples part(Path folder, String part, int rows) {
        byte[] pixels = bytes(folder.resolve(part + "-images-idx3-ubyte.gz"), IMAGES, rows);
        byte[] classes = bytes(folder.resolve(part + "-labels-idx1-ubyte.gz"), LABELS, rows);
        float[] features = new float[pixels.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = Byte.toUnsignedInt(pixels[i]) / GREATEST_PIXEL;
        }
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = Byte.toUnsignedInt(classes[row]);
            if (labels[row] >= CLASSES) {
                throw new DatasetException(folder + ": label " + labels[row] + " is no class of Fashion-MNIST; " + FIX);
            }
        }
        return new Dataset.Examples(features, labels);
    }

    private static byte[] bytes(Path file, int magic, int rows) {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException("Fashion-MNIST: there is no file " + file + "; " + FIX);
        }
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            boolean fits = in.readInt() == magic && in.readInt() >= rows;
            int values = 1;
            if (fits && magic == IMAGES) {
                int height = in.readInt();
                int width = in.readInt();
                fits = height == SIDE && width == SIDE;
                values = SIDE * SIDE;
            }
            byte[] bytes = new byte[fits ? rows * values : 0];
            in.readFully(bytes);
            if (fits) {
                return bytes;
            }
        } catch (EOFException e) {
            throw new DatasetException("Fashion-MNIST: " + file + " ends too early; " + FIX, e);
        } catch (IOException e) {
            throw new DatasetException(
                    "Fashion-MNIST: " + file + " cannot be read (" + e.getMessage() + "); " + FIX, e);
        }
        throw new DatasetException(
                "Fashion-MNIST: " + file + " does not hold " + rows + " rows of the kind expected; " + FIX);
    }
}
