package passes

import (
	"fmt"
	"slices"

	"github.com/runwisp/runwisp/ir"
	"github.com/runwisp/runwisp/ir/diag"
)

// listenerEvents are the names of the events that supervisord sends.
var listenerEvents = []string{
	"EVENT",
	"PROCESS_STATE", "PROCESS_STATE_STOPPED", "PROCESS_STATE_EXITED", "PROCESS_STATE_STARTING",
	"PROCESS_STATE_STOPPING", "PROCESS_STATE_BACKOFF", "PROCESS_STATE_FATAL",
	"PROCESS_STATE_RUNNING", "PROCESS_STATE_UNKNOWN",
	"PROCESS_COMMUNICATION", "PROCESS_COMMUNICATION_STDOUT", "PROCESS_COMMUNICATION_STDERR",
	"PROCESS_LOG", "PROCESS_LOG_STDOUT", "PROCESS_LOG_STDERR",
	"REMOTE_COMMUNICATION",
	"SUPERVISOR_STATE_CHANGE", "SUPERVISOR_STATE_CHANGE_RUNNING", "SUPERVISOR_STATE_CHANGE_STOPPING",
	"TICK", "TICK_5", "TICK_60", "TICK_3600",
	"PROCESS_GROUP", "PROCESS_GROUP_ADDED", "PROCESS_GROUP_REMOVED",
}

// checkListener reports what supervisord refuses of an event listener.
func checkListener(p *ir.Program, sink *diag.Sink) {
	events := p.Setting("events")
	if events.State != ir.Unresolved && len(events.List) == 0 {
		sink.Add(missingOption(p.Section, "events", diag.Target{Unit: p.Number}))
	}
	for _, event := range events.List {
		if !slices.Contains(listenerEvents, upper(event.String())) {
			d := refusedValue(p, events, fmt.Sprintf("%q is no event that supervisord sends", event.String()))
			d.Span = memberSpan(events.Option, event)
			sink.Add(d)
		}
	}
	if size := p.Setting("buffer_size"); size.IntOr(1) < 1 {
		sink.Add(refusedValue(p, size, fmt.Sprintf("buffer_size: expected 1 or more, got %d", size.Int)))
	}
	if redirect := p.Setting("redirect_stderr"); redirect.BoolOr(false) {
		sink.Add(refusedValue(p, redirect, "redirect_stderr would interfere with the protocol of event listeners"))
	}
}
