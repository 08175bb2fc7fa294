package trainyard.faults.coordination.waiting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A process under way, and whom it waits for. */
final class Party {

    enum Fate {
        ALIVE,
        DEAD,
        ENDED
    }

    /** A lock and those who wait for it. */
    static final class Lock {
        final Deque<Party> queue = new ArrayDeque<>();
        Optional<Party> holder = Optional.empty();
    }

    /** A meeting of all whose programs name it. Those who have come wait for those who are missing. */
    static final class Meeting {
        final Set<Party> arrived = new LinkedHashSet<>();
        final Set<Party> missing = new TreeSet<>(Comparator.comparingInt(party -> party.index));
        /** Whether one of those who are missing is dead or has ended. */
        boolean isHopeless;
    }

    final int index;
    final String name;
    final List<Instruction> program;
    final Supplier<Double> factor;
    int next;
    int rounds;
    Fate fate = Fate.ALIVE;
    boolean waits;
    long waitsSince;
    /** The lock that it waits for, if any. */
    Optional<Lock> wanted = Optional.empty();
    /** The meeting to which it has come, if any. */
    Optional<Meeting> attended = Optional.empty();

    final Set<Lock> held = new LinkedHashSet<>();
    /** Those that its program names. */
    final Set<Meeting> meetings = new LinkedHashSet<>();

    Party(int index, String name, List<Instruction> program, Supplier<Double> factor) {
        this.index = index;
        this.name = name;
        this.program = program;
        this.factor = factor;
    }

    /** Whether somebody waits for it. */
    boolean isAwaited() {
        return held.stream().anyMatch(lock -> !lock.queue.isEmpty())
                || meetings.stream().anyMatch(meeting -> !meeting.arrived.isEmpty() && meeting.missing.contains(this));
    }

    /** Whether it waits for one that is dead or has ended. */
    boolean waitsInVain() {
        return wanted.flatMap(lock -> lock.holder)
                        .filter(holder -> holder.fate != Fate.ALIVE)
                        .isPresent()
                || attended.filter(meeting -> meeting.isHopeless).isPresent();
    }

    /** Whether it waits, by way of others, for itself. */
    boolean waitsForItself() {
        if (!isAwaited()) {
            return false;
        }
        Set<Party> seen = new HashSet<>();
        Set<Meeting> looked = new HashSet<>();
        Deque<Party> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            for (Party other : open.poll().awaits(looked)) {
                if (other == this) {
                    return true;
                }
                if (other.waits && seen.add(other)) {
                    open.add(other);
                }
            }
        }
        return false;
    }

    /** Whom it waits for, without those of meetings that were looked at before. */
    private Collection<Party> awaits(Set<Meeting> looked) {
        List<Party> others = new ArrayList<>();
        wanted.flatMap(lock -> lock.holder).ifPresent(others::add);
        attended.filter(looked::add).ifPresent(meeting -> others.addAll(meeting.missing));
        return others;
    }
}
