package trainyard.training.replay.session;

import trainyard.training.calibration.measure.Work;
import trainyard.training.replay.KernelTrace;

/** Where traces of jobs come from. Found by {@link java.util.ServiceLoader} where a framework can trace its own iterations. */
public interface JobTraces {

    /** Whether there is a trace of a job. */
    boolean has(Work.Job job);

    /** What one iteration of a job executes. */
    KernelTrace trace(Work.Job job);
}
