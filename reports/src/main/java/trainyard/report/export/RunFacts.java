package trainyard.report.export;

import java.util.Objects;

/**
 * Facts that differ from run to run and from machine to machine. They appear in the manifest only, apart from what is
 * reproducible.
 *
 * @param startedAt when the run started, ISO 8601
 * @param wallSeconds how long it took, seconds
 * @param javaRuntime vendor and version of the Java runtime
 * @param operatingSystem name, version and architecture
 * @param processors processors seen by the Java runtime
 */
public record RunFacts(
        String startedAt, double wallSeconds, String javaRuntime, String operatingSystem, int processors) {

    public RunFacts {
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(javaRuntime, "javaRuntime");
        Objects.requireNonNull(operatingSystem, "operatingSystem");
    }

    /** The facts of this Java runtime. */
    public static RunFacts ofThisMachine(String startedAt, double wallSeconds) {
        return new RunFacts(
                startedAt,
                wallSeconds,
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }
}
