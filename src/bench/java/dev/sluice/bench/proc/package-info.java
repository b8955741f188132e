/** What Linux tells of processes and sockets in {@code /proc}: times, memory, queues, limits. */
package dev.sluice.bench.proc;
