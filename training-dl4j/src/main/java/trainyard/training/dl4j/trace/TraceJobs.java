package trainyard.training.dl4j.trace;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import trainyard.training.calibration.CalibrationSweep;
import trainyard.training.nativecode.NativeCodeException;
import trainyard.training.replay.session.KernelTraceFolder;

/**
 * Writes the traces of the jobs of a calibration, for machines without DL4J: {@code TraceJobs [--quick] FOLDER}. Jobs of one
 * iteration each; a file that is there already is written again.
 */
public final class TraceJobs {

    private static final int NO_NATIVE_CODE = 3;

    private TraceJobs() {}

    public static void main(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        CalibrationSweep sweep = words.contains("--quick") ? CalibrationSweep.quick() : CalibrationSweep.full();
        Path folder = Path.of(words.get(words.size() - 1));
        try {
            new KernelTraceFolder(folder).write(new Dl4jTraces(), sweep.jobs());
        } catch (NativeCodeException missing) {
            System.err.println("error: " + missing.getMessage() + "; " + missing.remedy());
            System.exit(NO_NATIVE_CODE);
        }
        System.out.println(sweep.jobs().size() + " traces in " + folder);
    }
}
