package trainyard.scenario.importing.megatron;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;

/**
 * Flags that say how ranks exchange keys, values and tokens (Megatron-Core 0.14, arguments.py). They count only where a sequence
 * or the experts of a layer are spread over several ranks.
 */
final class ExchangeFlags {

    private static final String CONTEXT = "cp-comm-type";
    private static final String DISPATCHER = "moe-token-dispatcher-type";
    private static final String BACKEND = "moe-flex-dispatcher-backend";
    private static final String DEEPEP = "moe-enable-deepep";
    private static final String BESIDE_MICRO_BATCHES = "overlap-moe-expert-parallel-comm";
    private static final String BESIDE_SHARED_EXPERTS = "moe-shared-expert-overlap";
    private static final String EXPERT_TENSOR = "expert-tensor-parallel-size";

    static final Set<String> NAMES =
            Set.of(CONTEXT, DISPATCHER, BACKEND, DEEPEP, BESIDE_MICRO_BATCHES, BESIDE_SHARED_EXPERTS, EXPERT_TENSOR);

    private static final String DISPATCH = "job.parallel.expert-dispatch";
    private static final String OVERLAP = "job.parallel.expert-overlap";

    private static final Map<String, String> CONTEXT_METHODS =
            Map.of("p2p", "ring", "all_gather", "all-gather", "a2a", "ulysses");

    private static final Map<String, String> DISPATCHERS =
            Map.of("allgather", "all-gather", "alltoall", "all-to-all", "alltoall_seq", "all-to-all", "flex", "deepep");

    private final LaunchFlags flags;
    private final Draft draft;

    /**
     * @param flags flags of the command
     * @param draft has the degrees already
     */
    ExchangeFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
    }

    void put() {
        if (isSpread("job.parallel.context")) {
            context();
        } else {
            ignore("counts for a sequence over several ranks only", CONTEXT);
        }
        if (isSpread("job.parallel.expert")) {
            dispatch();
            overlap();
            wholeExperts();
        } else {
            ignore(
                    "counts for experts over several ranks only",
                    DISPATCHER,
                    BACKEND,
                    DEEPEP,
                    BESIDE_MICRO_BATCHES,
                    BESIDE_SHARED_EXPERTS);
            ignore("without expert ranks, tensor ranks split experts as all else", EXPERT_TENSOR);
        }
    }

    private boolean isSpread(String degree) {
        return draft.find(degree).filter(ranks -> !ranks.equals("1")).isPresent();
    }

    /** One word, or one for each layer, of which the first is taken. */
    private void context() {
        flags.value(CONTEXT)
                .ifPresent(found -> take("job.parallel.context-method", CONTEXT_METHODS, found, "taken as a ring"));
    }

    /** Megatron-LM gathers tokens unless told otherwise; Megatron-DeepSpeed has an all-to-all and no such flag. */
    private void dispatch() {
        Optional<Found> dispatcher = flags.value(DISPATCHER);
        if (dispatcher.isPresent()) {
            take(DISPATCH, DISPATCHERS, dispatcher.get(), "taken as an all-to-all");
        } else if (!flags.has("moe-expert-parallel-size")) {
            draft.assume(DISPATCH, "all-gather", "no --" + DISPATCHER + ": the default of Megatron-LM");
        }
        boolean flexible = draft.find(DISPATCH).filter("deepep"::equals).isPresent();
        for (Found found : given(BACKEND, DEEPEP)) {
            if (flexible) {
                draft.log().note(Fate.READ, found, "one copy for each node, as of deepep");
            } else {
                draft.log().note(Fate.IGNORED, found, "counts for the flex dispatcher only");
            }
        }
    }

    /** Beside expert ranks each expert is whole here; Megatron-LM splits it over as many ranks as all else unless told otherwise. */
    private void wholeExperts() {
        boolean split = isSpread("job.parallel.tensor");
        flags.value(EXPERT_TENSOR)
                .ifPresentOrElse(
                        found -> {
                            boolean whole = found.count() == 1;
                            draft.log()
                                    .note(
                                            whole ? Fate.READ : Fate.IGNORED,
                                            found,
                                            whole
                                                    ? "each expert is whole"
                                                    : "each expert is whole beside expert ranks");
                        },
                        () -> {
                            if (split) {
                                draft.log()
                                        .note(
                                                Fate.ASSUMED,
                                                "job.parallel.expert",
                                                "each expert is whole; Megatron-LM splits it without --" + EXPERT_TENSOR
                                                        + " 1");
                            }
                        });
    }

    private void overlap() {
        boolean shares = draft.find("job.model.shared-ffn").isPresent();
        Optional<Found> other = flags.flag(BESIDE_MICRO_BATCHES);
        Optional<Found> same = flags.flag(BESIDE_SHARED_EXPERTS);
        other.ifPresent(found -> draft.read(OVERLAP, "micro-batches", found));
        same.ifPresent(found -> {
            if (other.isEmpty() && shares) {
                draft.read(OVERLAP, "shared-expert", found);
            } else {
                String why = shares ? "another micro-batch runs beside the exchange" : "the model shares no expert";
                draft.log().note(Fate.IGNORED, found, why);
            }
        });
    }

    private void take(String path, Map<String, String> words, Found found, String otherwise) {
        if (words.containsKey(found.text())) {
            draft.read(path, words.get(found.text()), found);
        } else {
            draft.log().note(Fate.IGNORED, found, found.text() + " is not built; " + otherwise);
        }
    }

    private List<Found> given(String... names) {
        return Stream.of(names).flatMap(name -> flags.flag(name).stream()).toList();
    }

    private void ignore(String why, String... names) {
        given(names).forEach(found -> draft.log().note(Fate.IGNORED, found, why));
    }
}
