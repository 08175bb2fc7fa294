package trainyard.parallel.input;

/**
 * What one sample of a data set costs on its way to a GPU.
 *
 * @param storedBytes bytes in storage
 * @param decodeSeconds time of one core to decode and transform it
 * @param copiedBytes bytes that are copied to the GPU
 * @param samplesPerRead samples that one read of the storage fetches: 1 for a file each, more for packed shards
 */
public record SampleData(double storedBytes, double decodeSeconds, double copiedBytes, int samplesPerRead) {

    public SampleData {
        if (!(storedBytes > 0) || !(decodeSeconds >= 0) || !(copiedBytes >= 0) || samplesPerRead < 1) {
            throw new IllegalArgumentException("a sample has bytes, and times and sizes that are not negative, got "
                    + storedBytes + " B, " + decodeSeconds + " s, " + copiedBytes + " B, " + samplesPerRead
                    + " per read");
        }
    }
}
