// Talks to a daemon with github.com/sourcegraph/jsonrpc2: headers over a Unix socket.
//
//	client_go SOCKET
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"os"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

type generated struct {
	Model      string          `json:"model"`
	Provenance json.RawMessage `json:"provenance"`
}

type verdict struct {
	Verdict string `json:"verdict"`
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	socket, err := net.Dial("unix", os.Args[1])
	must(err)
	everything := context.Background()
	ignore := jsonrpc2.HandlerWithError(func(context.Context, *jsonrpc2.Conn, *jsonrpc2.Request) (interface{}, error) {
		return nil, nil
	})
	client := jsonrpc2.NewConn(everything, jsonrpc2.NewBufferedStream(socket, jsonrpc2.VSCodeObjectCodec{}), ignore)

	var made generated
	must(client.Call(everything, "generate", map[string]interface{}{
		"templateId": "it-system-microservices", "parameters": map[string]int{"bins": 6}}, &made))
	if !strings.HasPrefix(made.Model, "schemaVersion: 1\ngrid:\n  bins: 6\n") {
		log.Fatal(made.Model)
	}
	var proof verdict
	must(client.Call(everything, "verifyProvenance", map[string]interface{}{
		"model": made.Model, "provenance": made.Provenance, "templateId": "it-system-microservices"}, &proof))
	if proof.Verdict != "reproduced" {
		log.Fatal(proof.Verdict)
	}

	// Many at once: each goroutine gets its own answer.
	var waiting sync.WaitGroup
	for number := 0; number < 200; number++ {
		waiting.Add(1)
		go func(number int) {
			defer waiting.Done()
			want := strings.Repeat("é👍", number)
			var got []string
			must(client.Call(everything, "echo", []string{want}, &got))
			if len(got) != 1 || got[0] != want {
				log.Fatal(number, got)
			}
		}(number)
	}
	waiting.Wait()

	err = client.Call(everything, "generate", map[string]string{"templateId": "nothing-like-it"}, nil)
	failure, isError := err.(*jsonrpc2.Error)
	if !isError || failure.Code != 1001 {
		log.Fatal(fmt.Sprintf("an unknown template was found: %v", err))
	}
	must(client.Close())
}
