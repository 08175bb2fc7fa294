package trainyard.training.dl4j;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import trainyard.training.nativecode.NativeCodeException;

/** Starts ND4J, once per process: silently and with one thread, since sums in several threads differ in their last digits. */
public final class Nd4jRuntime {

    private static final int THREADS = 1;

    private Nd4jRuntime() {}

    /** Remembers how the one start ended; a second try would not load the native library again. */
    private static final class Started {
        static final String FAILURE = tryStart();
    }

    /**
     * Loads the native library, the first time.
     *
     * @throws NativeCodeException if it cannot be loaded here
     */
    public static void start() {
        if (!Started.FAILURE.isEmpty()) {
            throw new NativeCodeException(
                    "the native library of ND4J does not load on this machine: " + Started.FAILURE,
                    "it runs on Linux, macOS and Windows on x86-64, and on Linux and macOS on arm64; build on the machine that"
                            + " runs it, and leave it half a gigabyte in the home folder");
        }
    }

    /**
     * Does what makes ND4J print to the standard output, such as working out for the first time how to differentiate a graph. The
     * command writes to the stream that it kept from its start, so nothing of its own is lost.
     */
    public static synchronized void silently(Runnable noisy) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            noisy.run();
        } finally {
            System.setOut(out);
        }
    }

    private static String tryStart() {
        System.setProperty("org.bytedeco.javacpp.logger", "slf4j");
        ND4JClassLoading.setNd4jClassloaderFromClass(Nd4jRuntime.class);
        try {
            Nd4j.getEnvironment().setMaxThreads(THREADS);
            Nd4j.getEnvironment().setMaxMasterThreads(THREADS);
            Nd4j.factory().blas().setMaxThreads(THREADS);
            return "";
        } catch (LinkageError | RuntimeException failure) {
            return rootOf(failure);
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message.lines().findFirst().orElse(root.toString());
    }
}
