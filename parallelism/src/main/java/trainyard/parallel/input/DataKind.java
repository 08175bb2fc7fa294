package trainyard.parallel.input;

/** Usual data sets, by what a sample of them costs. */
public enum DataKind {
    /** Text that was turned into tokens before: 4 bytes each in storage, 8 on the GPU, nothing to decode (assumed). */
    TOKENS {
        @Override
        public SampleData sample(int sequenceLength) {
            return new SampleData(4.0 * sequenceLength, 0, 8.0 * sequenceLength, 1);
        }
    },
    /**
     * ImageNet: a JPEG of 110 kB in a file of its own (Russakovsky et al. 2015: 1.28 million in 138 GB), cut to 224 x 224
     * pixels of three numbers of 4 bytes. 10 ms of a core to decode and transform one are assumed.
     */
    IMAGES {
        @Override
        public SampleData sample(int sequenceLength) {
            return new SampleData(110e3, 10e-3, 224 * 224 * 3 * 4.0, 1);
        }
    },
    /** Clips of ten seconds, of which 16 frames of 224 x 224 are used: 1.5 MB and 150 ms of a core each, assumed. */
    VIDEO {
        @Override
        public SampleData sample(int sequenceLength) {
            return new SampleData(1.5e6, 0.15, 16 * 224 * 224 * 3 * 4.0, 1);
        }
    };

    /**
     * What a sample costs.
     *
     * @param sequenceLength tokens of a sample of text
     */
    public abstract SampleData sample(int sequenceLength);
}
