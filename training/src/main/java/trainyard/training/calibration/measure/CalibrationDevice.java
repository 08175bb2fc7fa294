package trainyard.training.calibration.measure;

import java.util.Map;
import java.util.Optional;

/**
 * What can run the work of a calibration. Found by {@link java.util.ServiceLoader}; nothing native is loaded before {@link
 * #open}.
 */
public interface CalibrationDevice {

    /** The word of the command line, such as {@code cpu} or {@code cuda}. */
    String name();

    /**
     * Initialises the device. Throws {@code NativeCodeException}, with one sentence that says why and one that says what to
     * do, where this machine has none that can be used.
     */
    Session open();

    /** A device that is ready. */
    interface Session extends AutoCloseable {

        /** How the figures come about, for the profile: what runs, where, and what is timed. */
        String method();

        /** Name of the GPU; empty where the device is none. */
        String gpu();

        /** Versions and settings by name, for the profile. */
        Map<String, String> facts();

        /** Whether it can run a piece of work. */
        boolean supports(Work work);

        /** Makes ready what repetitions need, outside the timed part. */
        Running start(Work work);

        /**
         * Whether all work is done by the thread that asks for it. Then its processor time is what the work costs on a core
         * of its own, however busy the machine is.
         */
        boolean worksOnCallingThread();

        /**
         * The word of the device where several processes can work at once, each on a core of its own; empty where they would share
         * one device.
         */
        default Optional<String> forEachProcess() {
            return Optional.empty();
        }

        @Override
        void close();
    }

    /** A piece of work that is ready to be repeated. */
    interface Running extends AutoCloseable {

        /** Does the work once and waits until it is done. */
        void repeat();

        @Override
        void close();
    }
}
