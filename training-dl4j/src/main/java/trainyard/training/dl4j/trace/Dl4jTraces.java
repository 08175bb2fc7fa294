package trainyard.training.dl4j.trace;

import java.util.List;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.Work;
import trainyard.training.dl4j.calibration.CpuDevice;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.session.JobTraces;

/** Traces jobs by an iteration on the processor, after one that fills what DL4J keeps from then on. */
public final class Dl4jTraces implements JobTraces {

    private static final String UPDATER = "_updater";

    @Override
    public boolean has(Work.Job job) {
        try (CalibrationDevice.Session session = new CpuDevice().open()) {
            return session.supports(job);
        }
    }

    @Override
    public KernelTrace trace(Work.Job job) {
        try (CalibrationDevice.Session session = new CpuDevice().open();
                CalibrationDevice.Running running = session.start(job)) {
            running.repeat();
            List<Operation> operations = ExecutionerTap.during(running::repeat);
            return new KernelTrace(
                    job.name(),
                    "DL4J " + session.facts().get("nd4j"),
                    job.network().toString(),
                    job.batch(),
                    parameters(operations),
                    operations.stream()
                            .flatMap(operation -> OperationKernels.of(operation).stream())
                            .toList());
        }
    }

    /** What the updaters change; 1 where there is none. */
    private static long parameters(List<Operation> operations) {
        long parameters = operations.stream()
                .filter(operation -> operation.name().endsWith(UPDATER))
                .mapToLong(operation -> operation.inputs().get(0).length())
                .sum();
        return Math.max(1, parameters);
    }
}
