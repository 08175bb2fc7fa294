package trainyard.training.calibration.measure;

import java.util.Locale;
import java.util.Objects;
import trainyard.training.network.NetworkSpec;

/** A piece of work whose time is measured. */
public sealed interface Work {

    /** Unique among all pieces of a calibration. */
    String name();

    /** The word for its kind in the file of samples. */
    String suite();

    /**
     * A whole training iteration: forward, backward, update.
     *
     * @param family kind of network, whose jobs are fitted together
     * @param network what is trained
     * @param input shape of its examples
     * @param batch examples of an iteration
     * @param optimizer what applies the gradient
     */
    record Job(String family, NetworkSpec network, InputShape input, int batch, OptimizerStep optimizer)
            implements Work {

        public Job {
            Objects.requireNonNull(family, "family");
            Objects.requireNonNull(network, "network");
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(optimizer, "optimizer");
            if (batch < 1) {
                throw new IllegalArgumentException("a batch needs an example, not " + batch);
            }
        }

        @Override
        public String name() {
            return family + " " + sizes() + " batch " + batch + " "
                    + optimizer.name().toLowerCase(Locale.ROOT);
        }

        private String sizes() {
            return words(network) + " on " + words(input);
        }

        private static String words(Record sizes) {
            return sizes.toString()
                    .replaceAll("^[A-Za-z]+\\[|\\]$", "")
                    .replaceAll("[\\[\\]]", "")
                    .replace(", ", " ");
        }

        private static String words(NetworkSpec network) {
            return words((Record) network);
        }

        private static String words(InputShape input) {
            return words((Record) input);
        }

        @Override
        public String suite() {
            return "job";
        }
    }

    /**
     * A training iteration as a worker of a real run computes it: forward, backward, the gradient out to an array of Java, where
     * it could be exchanged, and that array off the parameters.
     *
     * @param job the iteration
     */
    record Gradient(Job job) implements Work {
        @Override
        public String name() {
            return "gradient of " + job.name();
        }

        @Override
        public String suite() {
            return "gradient";
        }
    }

    /**
     * One product of {@code m x k} and {@code k x n} matrices.
     *
     * @param m rows of the result
     * @param n columns of the result
     * @param k length of the sums
     */
    record Gemm(int m, int n, int k) implements Work {
        @Override
        public String name() {
            return "gemm " + m + "x" + n + "x" + k;
        }

        @Override
        public String suite() {
            return "gemm";
        }
    }

    /**
     * A copy within the memory of the device.
     *
     * @param bytes copied: each is read once and written once
     */
    record Copy(long bytes) implements Work {
        @Override
        public String name() {
            return "copy " + bytes;
        }

        @Override
        public String suite() {
            return "copy";
        }
    }

    /** The smallest operation there is: what it costs is the way to it. */
    record Dispatch() implements Work {
        @Override
        public String name() {
            return "dispatch";
        }

        @Override
        public String suite() {
            return "dispatch";
        }
    }
}
