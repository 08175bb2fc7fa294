package trainyard.scenario.section.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.OneOrMoreType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.scheduler.GoodputFields;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.goodput.BatchRange;
import trainyard.scheduler.goodput.ThroughputModel;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.units.Dimension;

/** {@code jobs.training.NAME}: how the jobs of a class train. */
public final class JobTrainingSection {

    private static final int MOST_SAMPLES = 100_000_000;
    private static final int MOST_GPUS = 1_000_000;
    private static final double MOST_GAMMA = 10;

    public static final Field<Double> ALPHA_GRAD = Field.of(
                    "alpha-grad",
                    QuantityType.of(Dimension.DURATION),
                    "Time of a forward and backward pass over no sample on one GPU.")
            .asRequired();
    public static final Field<Double> BETA_GRAD = Field.of(
                    "beta-grad", QuantityType.positive(Dimension.DURATION), "Time that each sample adds to a pass.")
            .asRequired();
    public static final Field<Double> ALPHA_LOCAL =
            sync("alpha-local", "Time of an exchange of gradients between two GPUs of one node.");
    public static final Field<Double> BETA_LOCAL = sync("beta-local", "Time that each GPU beyond two adds to it.");
    public static final Field<Double> ALPHA_NODE =
            sync("alpha-node", "Time of an exchange of gradients between two GPUs of two nodes.");
    public static final Field<Double> BETA_NODE = sync("beta-node", "Time that each GPU beyond two adds to it.");
    public static final Field<Double> GAMMA = Field.of(
                    "gamma",
                    new NumberType(1, MOST_GAMMA),
                    "How much the last pass of a step and its exchange overlap: together they take"
                            + " `(pass^gamma + exchange^gamma)^(1/gamma)`, with 1 one after the other.")
            .orElse("1");
    public static final Field<List<Long>> NOISE_SCALE = Field.of(
                    "noise-scale",
                    new OneOrMoreType<>(
                            new ListType<>(IntegerType.of("samples", 0, 1_000_000_000_000L), "numbers of samples")),
                    "Gradient noise scale phi: with a batch M a sample is worth (phi + initial batch) / (phi + M) of one of the initial"
                            + " batch. Of a list, the first holds for the first part of the work, and so on, each for as much of it.")
            .asRequired();
    public static final Field<Long> INITIAL_BATCH = Field.of(
                    "initial-batch",
                    samples(),
                    "Batch of all GPUs for which the learning rate was chosen; none is smaller.")
            .asRequired();
    public static final Field<Long> BATCH = Field.of(
            "batch",
            samples(),
            "Batch of all GPUs that the owner chose, with which `run` holds on the GPUs that the job wants. Policies other than"
                    + " `goodput` and `sia` leave it as it is. Left out: `initial-batch`.");
    public static final Field<Long> MOST_BATCH = Field.of(
                    "most-batch", samples(), "Largest batch of all GPUs. Left out: `batch`.")
            .only(GoodputFields.CHOSEN);
    public static final Field<Long> LEAST_PASS = Field.of(
                    "least-pass", samples(), "Fewest samples of a pass of one GPU.")
            .orElse("1 sample");
    public static final Field<Long> MOST_PASS = Field.of(
                    "most-pass",
                    samples(),
                    "Most samples of a pass that the memory of a GPU holds; of a larger part of a batch the gradients of several passes"
                            + " are added up before they are exchanged.")
            .asRequired();
    public static final Field<Long> MOST_GPUS_KEY = Field.of(
                    "most-gpus",
                    IntegerType.of("GPUs", 1, MOST_GPUS),
                    "Most GPUs that it can use. Left out: as many as `most-batch` can be split among.")
            .only(GoodputFields.CHOSEN);

    public static final Section SECTION = Section.of(
            "jobs.training",
            "How the jobs of a class train in data parallel: what they get done a second on some GPUs with some batch.",
            ALPHA_GRAD,
            BETA_GRAD,
            ALPHA_LOCAL,
            BETA_LOCAL,
            ALPHA_NODE,
            BETA_NODE,
            GAMMA,
            NOISE_SCALE,
            INITIAL_BATCH,
            BATCH,
            MOST_BATCH,
            LEAST_PASS,
            MOST_PASS,
            MOST_GPUS_KEY);

    private JobTrainingSection() {}

    private static IntegerType samples() {
        return IntegerType.of("samples", 1, MOST_SAMPLES);
    }

    private static Field<Double> sync(String key, String doc) {
        return Field.of(key, QuantityType.of(Dimension.DURATION), doc).orElse("0 s");
    }

    /**
     * How jobs train.
     *
     * @throws ScenarioException if there is no class of a name, or batches contradict each other
     */
    public static TrainingProfiles bind(Values jobs) {
        List<String> classes = PoolSpeedSection.classes(jobs);
        Map<String, TrainingProfile> profiles = new LinkedHashMap<>();
        sections(jobs).forEach((name, section) -> {
            PoolSpeedSection.require(
                    classes, name, "class of jobs", section.value().position());
            profiles.put(name, profile(section.value()));
        });
        return new TrainingProfiles(profiles);
    }

    private static Map<String, Setting<Values>> sections(Values jobs) {
        return jobs.find(JobsSection.TRAINING).orElse(Map.of());
    }

    private static TrainingProfile profile(Values values) {
        return new TrainingProfile(
                new ThroughputModel(
                        values.get(ALPHA_GRAD),
                        values.get(BETA_GRAD),
                        values.get(ALPHA_LOCAL),
                        values.get(BETA_LOCAL),
                        values.get(ALPHA_NODE),
                        values.get(BETA_NODE),
                        values.get(GAMMA)),
                values.get(NOISE_SCALE).stream().map(Long::doubleValue).toList(),
                batches(values));
    }

    private static BatchRange batches(Values values) {
        long initial = values.get(INITIAL_BATCH);
        long owner = values.find(BATCH).orElse(initial);
        long most = values.find(MOST_BATCH).orElse(owner);
        long least = values.get(LEAST_PASS);
        long mostPass = values.get(MOST_PASS);
        if (owner < initial) {
            throw contradiction(
                    values, BATCH, "a batch of " + owner + " is below the initial one of " + initial, "raise it");
        }
        if (most < owner) {
            throw contradiction(
                    values, MOST_BATCH, "at most " + most + " samples are below the owner's " + owner, "raise it");
        }
        if (mostPass < least) {
            throw contradiction(
                    values,
                    MOST_PASS,
                    "a pass cannot have " + least + " samples at least and " + mostPass + " at most",
                    "raise it, or lower least-pass");
        }
        return new BatchRange(
                Math.toIntExact(initial),
                Math.toIntExact(owner),
                Math.toIntExact(most),
                Math.toIntExact(least),
                Math.toIntExact(mostPass));
    }

    private static ScenarioException contradiction(Values values, Field<Long> field, String what, String fix) {
        return new ScenarioException(Problem.at(values.position(field), Problem.Kind.VALUE, what, fix));
    }

    /**
     * Jobs of which it is known how they train may have any number of GPUs that their batch can be split among.
     *
     * @throws ScenarioException if one wants more
     */
    public static JobsBinding.Source elastic(Values jobs, JobsBinding.Source source, TrainingProfiles profiles) {
        return streams -> {
            JobList list = source.draw(streams);
            return list.with(list.jobs().stream()
                    .map(job -> profiles.of(job)
                            .map(profile -> elastic(jobs, job, profile))
                            .orElse(job))
                    .toList());
        };
    }

    private static ClusterJob elastic(Values jobs, ClusterJob job, TrainingProfile profile) {
        Values section = section(jobs, job);
        int most = section.find(MOST_GPUS_KEY)
                .map(Math::toIntExact)
                .map(stated -> Math.min(stated, profile.batches().mostGpus()))
                .orElse(profile.batches().mostGpus());
        if (job.gpus() > most) {
            Position place = section.isWritten(MOST_GPUS_KEY)
                    ? section.position(MOST_GPUS_KEY)
                    : section.position(section.isWritten(MOST_BATCH) ? MOST_BATCH : LEAST_PASS);
            throw new ScenarioException(Problem.at(
                    place,
                    Problem.Kind.VALUE,
                    "job " + job.id() + " wants " + job.gpus() + " GPUs, and can use " + most + " at most",
                    "raise most-batch or most-gpus, or let it want fewer"));
        }
        return job.with(job.traits().withSize(JobSize.elastic(1, most)));
    }

    private static Values section(Values jobs, ClusterJob job) {
        return sections(jobs).get(job.className()).value();
    }
}
