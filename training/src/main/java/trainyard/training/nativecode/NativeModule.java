package trainyard.training.nativecode;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * The jars of DL4J, which stand in a folder of their own beside the class path of the command. Their class path is in the
 * system property {@value #CLASS_PATH}, set by the launcher; an entry that ends in {@code *} stands for all jars of a folder,
 * as for the command {@code java}. They are opened by the first call of {@link #service} and stay open: a process can load a
 * native library once only.
 *
 * <p>A build for GPUs has a further folder, of {@value #GPU_CLASS_PATH}. Its jars are opened with those of DL4J by {@link
 * #gpuService} alone, since ND4J takes a GPU wherever it sees its backend for one. A process asks for one or the other.
 */
public final class NativeModule {

    /** The system property that holds the class path. */
    public static final String CLASS_PATH = "trainyard.dl4j";

    /** The system property that holds the class path of GPUs; not set where the build has none. */
    public static final String GPU_CLASS_PATH = "trainyard.cuda";

    private static final String REMEDY =
            "start ./trainyard from the folder of its sources; if that does not help, delete scenarios/target/dist, and the"
                    + " next start builds again";

    private NativeModule() {}

    /** Opens the jars once. A failure is found before: a class that failed to initialise says no more why. */
    private static final class Opened {
        static final ClassLoader LOADER = open(System.getProperty(CLASS_PATH, ""));
    }

    /** The same with the jars for GPUs. */
    private static final class OpenedWithGpu {
        static final ClassLoader LOADER = open(gpuClassPath());
    }

    /**
     * The service that the module provides, or that is on the class path already.
     *
     * @throws NativeCodeException if the jars are not there, or none of them has such a service
     */
    public static <S> S service(Class<S> type, Predicate<S> wanted) {
        List<S> present = services(type, wanted, NativeModule.class.getClassLoader());
        if (present.isEmpty()) {
            urls(System.getProperty(CLASS_PATH, ""));
            present = services(type, wanted, Opened.LOADER);
        }
        if (present.isEmpty()) {
            throw new NativeCodeException(
                    "the jars of DL4J hold no " + type.getSimpleName() + " of the kind asked for", REMEDY);
        }
        return present.get(0);
    }

    /**
     * The service for GPUs; empty where the build has none.
     *
     * @throws NativeCodeException if the build has one and its jars or those of DL4J are not there
     */
    public static <S> Optional<S> gpuService(Class<S> type, Predicate<S> wanted) {
        List<S> present = services(type, wanted, NativeModule.class.getClassLoader());
        if (present.isEmpty() && !System.getProperty(GPU_CLASS_PATH, "").isEmpty()) {
            urls(gpuClassPath());
            present = services(type, wanted, OpenedWithGpu.LOADER);
        }
        return present.stream().findFirst();
    }

    private static String gpuClassPath() {
        return System.getProperty(CLASS_PATH, "") + File.pathSeparator + System.getProperty(GPU_CLASS_PATH);
    }

    private static <S> List<S> services(Class<S> type, Predicate<S> wanted, ClassLoader loader) {
        return ServiceLoader.load(type, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(wanted)
                .toList();
    }

    /** A class loader of these jars, above that of the command. */
    static ClassLoader open(String classPath) {
        return new URLClassLoader("dl4j", urls(classPath), NativeModule.class.getClassLoader());
    }

    private static URL[] urls(String classPath) {
        if (classPath.isEmpty()) {
            throw new NativeCodeException(
                    "nobody says where the jars of DL4J are: the system property " + CLASS_PATH + " is not set",
                    REMEDY);
        }
        List<URL> urls = new ArrayList<>();
        Arrays.stream(classPath.split(File.pathSeparator)).forEach(entry -> urls.addAll(entry(entry)));
        return urls.toArray(URL[]::new);
    }

    private static List<URL> entry(String entry) {
        if (!entry.endsWith("*")) {
            Path path = Path.of(entry);
            if (!Files.exists(path)) {
                throw new NativeCodeException("no file " + entry + " with code of DL4J", REMEDY);
            }
            return List.of(url(path));
        }
        String folder = entry.substring(0, entry.length() - 1);
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
            files.forEach(file -> jars.add(url(file)));
        } catch (IOException failure) {
            throw new NativeCodeException("no folder " + folder + " with the jars of DL4J", REMEDY, failure);
        }
        if (jars.isEmpty()) {
            throw new NativeCodeException("no jars of DL4J in " + folder, REMEDY);
        }
        jars.sort(Comparator.comparing(URL::toString));
        return jars;
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("no file " + file, impossible);
        }
    }
}
