package trainyard.scheduler.format;

import java.util.List;
import java.util.Objects;
import trainyard.faults.trace.TraceException;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.gavel.GavelThroughputs;
import trainyard.scheduler.speed.PairSpeeds;

/**
 * Speeds of two jobs on the same GPUs as the authors of Gavel measured them: steps a second beside each other over steps a second alone, by what the
 * jobs train, their GPUs and the type of these. Jobs that were not measured together are not together.
 */
public final class MeasuredPairs implements PairSpeeds {

    private final GavelThroughputs table;
    private final String ofNoType;

    private MeasuredPairs(GavelThroughputs table, String ofNoType) {
        this.table = table;
        this.ofNoType = ofNoType;
    }

    /**
     * The speeds of a table, as {@code simulation_throughputs.json} of Gavel.
     *
     * @throws TraceException if the file is damaged; the message names file and line
     */
    public static MeasuredPairs read(JobTables tables) {
        Objects.requireNonNull(tables, "tables");
        return new MeasuredPairs(GavelThroughputs.read(tables.file()), tables.gpuType());
    }

    /** The types of GPU that it knows. */
    public List<String> gpuTypes() {
        return table.gpuTypes();
    }

    /** On an empty type of GPU, the one on which run times hold. */
    @Override
    public double of(ClusterJob job, ClusterJob other, String gpuType) {
        String type = gpuType.isEmpty() ? ofNoType : gpuType;
        String model = job.traits().model();
        String otherModel = other.traits().model();
        if (job.gpus() != other.gpus() || !table.hasTogether(type, model, otherModel, job.gpus())) {
            return 0;
        }
        double alone = table.alone(type, model, job.gpus());
        double[] both = table.together(type, model, otherModel, job.gpus());
        return alone > 0 && both[1] > 0 ? Math.min(1, both[0] / alone) : 0;
    }
}
