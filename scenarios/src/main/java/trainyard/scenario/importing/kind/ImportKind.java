package trainyard.scenario.importing.kind;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import trainyard.scenario.Scenario;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.Values;
import trainyard.scenario.importing.calculon.CalculonFiles;
import trainyard.scenario.importing.deepspeed.DeepSpeedConfig;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.importing.kubernetes.KubernetesManifests;
import trainyard.scenario.importing.megatron.MegatronScript;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Kinds of training configuration that can be made into a scenario. */
public enum ImportKind {
    /** {@code ds_config.json}. */
    DEEPSPEED(single(DeepSpeedConfig::read)),
    /** A shell script that starts Megatron-LM, Megatron-Core or Megatron-DeepSpeed; parsed, never executed. */
    MEGATRON(single(MegatronScript::read)),
    /** Application, execution and system files of Calculon. */
    CALCULON(CalculonFiles::read),
    /** {@code config.json} of a model. */
    HUGGINGFACE(single(HuggingFaceModel::read)),
    /** Quotas and priorities of Kubernetes, and queues of Kueue: a part of a scenario, which has no jobs yet. */
    KUBERNETES(KubernetesManifests::read) {
        @Override
        void check(Draft draft) {
            Problems problems = new Problems();
            Optional<Values> values = ScenarioFormat.SECTION.read(draft.tree(), problems);
            problems.throwIfAny();
            values.flatMap(read -> read.find(ScenarioSection.SCHEDULER)).ifPresent(SchedulerSection::check);
        }
    };

    private final Reader reader;

    ImportKind(Reader reader) {
        this.reader = reader;
    }

    /** The word for it on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The scenario that the files describe, checked as a scenario is when it is run.
     *
     * @param sources the files, at least one
     * @param target machines and model, where the files do not say
     * @throws ScenarioException with file, line and column, if the files cannot be read or contradict themselves
     */
    public Draft read(List<SourceText> sources, Target target) {
        Draft draft = new Draft(name(sources.get(0).name()));
        reader.read(sources, draft, target);
        target.changes().forEach(draft::change);
        requireRunnable(draft);
        return draft;
    }

    /**
     * Refuses what cannot be run.
     *
     * @throws ScenarioException with the place that each wrong value comes from
     */
    void check(Draft draft) {
        Values values = Scenario.of(draft.tree()).values();
        JobBinding.bind(values.get(ScenarioSection.CLUSTER), values.get(ScenarioSection.JOB));
    }

    /** Checks a draft; where it does not say how many GPUs there are, a plan that needs more is no contradiction of the file. */
    private void requireRunnable(Draft draft) {
        try {
            check(draft);
        } catch (ScenarioException refused) {
            boolean open = Machines.stated(draft).isEmpty() && !draft.has("job.parallel.data");
            throw open
                    ? new ScenarioException(refused.problems().stream()
                            .map(ImportKind::withGpus)
                            .toList())
                    : refused;
        }
    }

    private static Problem withGpus(Problem problem) {
        boolean ofRanks = problem.kind() == Problem.Kind.PLAN
                && Pattern.compile("\\bdata\\b").matcher(problem.message()).find();
        return ofRanks
                ? new Problem(
                        problem.kind(),
                        problem.message(),
                        problem.position(),
                        "the file does not say how many GPUs there are, so data is 1; --gpus N does",
                        problem.notes())
                : problem;
    }

    /** A scenario's name made from that of a file. */
    private static String name(String file) {
        String last = Path.of(file.replace('\0', '-')).getFileName() == null
                ? ""
                : Path.of(file.replace('\0', '-')).getFileName().toString();
        String words = last.replaceFirst("\\.(json|sh|slurm|bash|ya?ml)$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+", "");
        String cut = words.substring(0, Math.min(64, words.length())).replaceAll("-+$", "");
        return cut.isEmpty() ? "imported" : cut;
    }

    private static Reader single(SingleReader reader) {
        return (sources, draft, target) -> {
            if (sources.size() > 1) {
                throw new ScenarioException(Problem.of(
                        Problem.Kind.FILE,
                        "one file is read at a time, these are " + sources.size(),
                        "only calculon and kubernetes take several"));
            }
            reader.read(sources.get(0), draft, target);
        };
    }

    private interface Reader {
        void read(List<SourceText> sources, Draft draft, Target target);
    }

    private interface SingleReader {
        void read(SourceText source, Draft draft, Target target);
    }
}
