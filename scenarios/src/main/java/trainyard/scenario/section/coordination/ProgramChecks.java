package trainyard.scenario.section.coordination;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.faults.coordination.waiting.Instruction;

/** Finds what in the programs of processes cannot be meant: meetings of one, receives of nothing, locks given that none holds. */
final class ProgramChecks {

    private static final List<String> PAIRED = List.of("send", "receive");

    /** Who calls each meeting by which word. */
    private final Map<String, Map<String, Set<String>>> callers = new LinkedHashMap<>();

    private final Map<String, List<Instruction>> programs;

    private ProgramChecks(Map<String, List<Instruction>> programs) {
        this.programs = programs;
        programs.forEach((process, program) -> program.forEach(instruction -> {
            if (instruction instanceof Instruction.Meet meet) {
                callers.computeIfAbsent(meet.point(), point -> new LinkedHashMap<>())
                        .computeIfAbsent(meet.word(), word -> new HashSet<>())
                        .add(process);
            }
        }));
    }

    static ProgramChecks of(Map<String, List<Instruction>> programs) {
        return new ProgramChecks(programs);
    }

    /** What is wrong with the program of a process, without a final stop; empty where nothing is. */
    Optional<String> problem(String process) {
        Set<String> held = new HashSet<>();
        for (Instruction instruction : programs.get(process)) {
            Optional<String> wrong = instruction instanceof Instruction.Meet meet
                    ? meeting(process, meet)
                    : unlock(process, instruction, held);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> meeting(String process, Instruction.Meet meet) {
        Map<String, Set<String>> words = callers.get(meet.point());
        String call = meet.word() + " " + meet.point();
        if (PAIRED.contains(meet.word())) {
            String other = meet.word().equals("send") ? "receive" : "send";
            boolean answered = words.getOrDefault(other, Set.of()).stream().anyMatch(name -> !name.equals(process));
            return answered && PAIRED.containsAll(words.keySet())
                    ? Optional.empty()
                    : Optional.of(process + " calls '" + call + "', which no other process answers with '" + other + " "
                            + meet.point() + "'");
        }
        List<String> others = new ArrayList<>(words.keySet());
        others.remove(meet.word());
        if (!others.isEmpty()) {
            return Optional.of(process + " calls '" + call + "', another '" + others.get(0) + " " + meet.point() + "'");
        }
        return words.get(meet.word()).size() > 1
                ? Optional.empty()
                : Optional.of(process + " calls '" + call + "', which no other process takes part in");
    }

    private static Optional<String> unlock(String process, Instruction instruction, Set<String> held) {
        if (instruction instanceof Instruction.Take take) {
            held.add(take.lock());
        } else if (instruction instanceof Instruction.Give give && !held.remove(give.lock())) {
            return Optional.of(process + " calls 'unlock " + give.lock() + "' without holding that lock");
        }
        return Optional.empty();
    }
}
