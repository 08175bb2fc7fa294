package trainyard.parallel.search;

/** What the best plan has least of. */
public enum Objective {
    /** Seconds of one step. */
    TIME {
        @Override
        double of(double seconds, double memoryBytes, int gpus) {
            return seconds;
        }
    },
    /** GPU-seconds of one step, which is what it costs whatever the price. */
    COST {
        @Override
        double of(double seconds, double memoryBytes, int gpus) {
            return seconds * gpus;
        }
    },
    /** Peak bytes of a GPU; among equal ones, seconds. */
    MEMORY {
        @Override
        double of(double seconds, double memoryBytes, int gpus) {
            return memoryBytes;
        }
    };

    abstract double of(double seconds, double memoryBytes, int gpus);
}
